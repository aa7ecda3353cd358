/** What a party's declaration changes in the store: a revoked officer's messages stay, and count for nothing. */
import { type Declaration, rosterAt, type SignedDeclaration } from "../../line/index.ts";
import type { EntryRecord, EntryType, LineStore, LineWrite, StoredMessage } from "../../store/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, type MessageHash, parseLogOrigin, type OfficerId } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";

export interface DeclaredHere {
  readonly declaration: Declaration;
  /** Its party's messages that count no more. */
  readonly revoked: readonly MessageHash[];
}

export interface DeclaringContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly onDeclared: (declared: DeclaredHere) => void;
}

/** One that was opened, while all that stands before it is in the store. */
export function takeDeclaration(
  { state, store, onDeclared }: DeclaringContext,
  { origin, index }: Pick<EntryRecord, "origin" | "index">,
  signed: SignedDeclaration,
): void {
  const looked = (type: EntryType, cause: string | null): LineWrite => ({
    write: "looked-at",
    origin,
    index,
    type,
    cause,
  });
  if (state.hasLeft(origin, index)) return store.commit([looked("declaration", "party-left")], "soon");
  let declaration: Declaration;
  try {
    ({ declaration } = state.declare(origin, index, signed));
  } catch (error) {
    if (!isParleyError(error)) throw error;
    const isNewer = error.code === "declaration-newer";
    const found = isNewer ? looked("unopened", "newer-version") : looked("declaration", error.code);
    return store.commit([found], "soon");
  }
  const { writes, revoked } = declaredWrites(state, store, { origin, index, signed, declaration });
  store.commit([...writes, looked("declaration", null)], "soon");
  onDeclared({ declaration, revoked });
}

interface Declared {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly signed: SignedDeclaration;
  readonly declaration: Declaration;
}

/** To be written in one transaction, or in one with the entry itself. */
export function declaredWrites(
  state: LineState,
  store: LineStore,
  { origin, index, signed, declaration }: Declared,
): { readonly writes: readonly LineWrite[]; readonly revoked: readonly MessageHash[] } {
  const own: LineWrite = { write: "declaration", origin, index, party: declaration.party, ...signed };
  if (declaration.declares !== "revocation") return { writes: [own], revoked: [] };
  const messages = revokedMessages(state, store, declaration);
  const judged = messages.map((each): LineWrite => {
    const { drafter, releaser } = each;
    return { write: "judged", origin: each.origin, index: each.index, drafter, releaser, fault: "officer-revoked" };
  });
  return { writes: [own, ...judged], revoked: messages.map(({ hash }) => hash) };
}

type Revocation = Extract<Declaration, { declares: "revocation" }>;

/** From that place on, in that log and in every later one of the party. */
function revokedMessages(state: LineState, store: LineStore, { party, key, from }: Revocation): StoredMessage[] {
  const logs = store.logs().filter((log) => log.party === party && log.generation >= from.generation);
  return logs.flatMap(({ origin }) => {
    const first = parseLogOrigin(origin).generation === from.generation ? from.index : 0;
    const signed = store.signedBy(origin, first, namesOf(state, origin, key));
    return signed.filter((message) => isBy(state, message, key));
  });
}

/** A key may have had several names, and a name several keys. */
function namesOf(state: LineState, origin: LogOrigin, key: Bytes): OfficerId[] {
  const officers = state.historyOf(origin).flatMap(({ roster }) => roster.officers);
  return officers.filter((officer) => equalBytes(officer.key, key)).map(({ id }) => id);
}

function isBy(state: LineState, { origin, index, drafter, releaser }: StoredMessage, key: Bytes): boolean {
  const { officers } = rosterAt(state.historyOf(origin), index);
  return officers.some(({ id, key: of }) => (id === drafter || id === releaser) && equalBytes(of, key));
}
