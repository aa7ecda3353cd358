/** The register of public statements: what each party has said in public, as this side has noted it. */
import type { Statement, StatementRequest } from "../../api/index.ts";
import { apiError } from "../../api/index.ts";
import type { Officer } from "../../line/index.ts";
import { ONE_LINE, parsePartOfBody, saidText } from "../../message/index.ts";
import type { PublicStatement } from "../../release/index.ts";
import type { PrivateStore, StatementRecord } from "../../store/index.ts";
import { toHex } from "../../wire/bytes.ts";
import { parseStatementId, type StatementId } from "../../wire/id.ts";
import type { Node } from "../node.ts";

/** Those that count, or counted at a moment of the past. */
export function statementRecords(store: PrivateStore, at: number | null = null): StatementRecord[] {
  return store.statements().filter(({ at: putAt, removed }) => {
    return at === null ? removed === null : putAt <= at && (removed === null || removed.at > at);
  });
}

export function statementsOf(store: PrivateStore): PublicStatement[] {
  return statementRecords(store).map(({ id, party, saidAt, source, subject, kind, body }) => {
    const said = { kind, body: JSON.parse(body) as object } as PublicStatement["said"];
    return { id, party, said_at: saidAt, where: source, subject, said };
  });
}

export function statementView(node: Pick<Node, "state">, record: StatementRecord): Statement {
  const { id, party, saidAt, source, subject, kind, body, by, at } = record;
  const name = node.state.party(party).name;
  return {
    id,
    party,
    name,
    said_at: saidAt,
    source,
    subject,
    kind,
    body: JSON.parse(body) as Statement["body"],
    by,
    at,
  };
}

/** @throws not-found, request-malformed, body-invalid, text-refused */
export function addStatement(node: Node, request: StatementRequest, officer: Officer): Statement {
  const { suite, state, privateStore, now, events } = node;
  const party = state.charter.parties.find(({ id }) => id === request.party);
  if (party === undefined) throw apiError("not-found", `The line has no party ${request.party}.`);
  const { kind, subject, source } = request;
  const body = parsePartOfBody(kind, request.body);
  if (Object.keys(body).length === 0)
    throw apiError("request-malformed", "body: at least one field was said in public.");
  const record: StatementRecord = {
    id: parseStatementId(toHex(suite.randomBytes(16))),
    party: party.id,
    saidAt: request.said_at,
    source: saidText(source, "source", ONE_LINE, 300),
    subject: saidText(subject, "subject", ONE_LINE, 200),
    kind,
    body: JSON.stringify(body),
    by: officer.id,
    at: now(),
    removed: null,
  };
  privateStore.commit([{ write: "statement", ...record }]);
  events.emit({ type: "statement", at: now(), id: record.id });
  return statementView(node, record);
}

/** @throws not-found */
export function removeStatement({ privateStore, now, events }: Node, id: StatementId, officer: Officer): void {
  if (!statementRecords(privateStore).some((record) => record.id === id)) {
    throw apiError("not-found", `The register has no statement ${id}.`);
  }
  privateStore.commit([{ write: "statement-removed", id, by: officer.id, at: now() }]);
  events.emit({ type: "statement", at: now(), id });
}
