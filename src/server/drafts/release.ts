/** Release: the step after which nothing is taken back. What the door lets through, every receiver will accept. */
import { coseSignerOf } from "../../crypto/index.ts";
import { checkMessage, type Officer, type Target } from "../../line/index.ts";
import {
  type Drafted,
  type Message,
  type Released,
  type ToBeSigned,
  toBeSignedFrom,
  withDrafted,
  withReleased,
} from "../../message/index.ts";
import { releasePolicy } from "../../release/index.ts";
import type { DraftRecord } from "../../store/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { apiError, type ReKeyed } from "../../api/index.ts";
import type { DraftId, MessageHash, MessageId, PartyId } from "../../wire/id.ts";
import { nextTurn } from "../turn.ts";
import { announce, draftOf, findingsOf, requireOpen, signaturesBy, TURN } from "./desk.ts";
import { serverError } from "../errors.ts";
import { requireReKeyed } from "./re-key.ts";
import { scratchOf } from "./scratch.ts";
import { requireOpenFor } from "../exchange/line-standing.ts";
import type { Node } from "../node.ts";
import { targetOf } from "../messages/opener.ts";
import type { Outgoing } from "../exchange/outbound.ts";
import { messageRecord } from "../records.ts";

export interface ReleaseRequest {
  readonly signatures: readonly string[];
  readonly confirmed_findings?: boolean | undefined;
  readonly re_keyed?: readonly ReKeyed[] | undefined;
}

type Item = Extract<Outgoing, { type: "message" }>;

/**
 * Releases every item of a draft, or none. It returns once they are on the disk.
 * @throws draft-not-open, draft-not-re-keyed, acted-first, draft-findings-unconfirmed, draft-refused-finding, draft-signature-count, signature-refused,
 * signature-invalid, release-refused, line-expired, line-suspended, log-behind, disk-full, …
 */
export async function releaseDraft(
  node: Node,
  id: DraftId,
  request: ReleaseRequest,
  officer: Officer,
): Promise<{ hash: MessageHash; index: number }[]> {
  const draft = draftOf(node, id);
  requireOpen(node, draft, officer);
  requireConfirmed(draft, request.confirmed_findings === true);
  requireReKeyed(node, draft, request.re_keyed ?? []);
  const signatures = signaturesBy(draft, request.signatures, officer);
  const items = await releasedItems(node, draft, signatures, officer);
  await node.ready;
  // Meanwhile this party's own roster may have suspended it, and every receiver goes by that roster's place.
  for (const { released } of items) requireOpenFor(node.state, released.message.kind, node.now());
  const { first } = node.outbound.append(items, [{ write: "draft-released", id }, ...scratchOf(node.store, draft)]);
  const at = node.now();
  node.announce(
    items.map(({ released, drafter, releaser }, i) => {
      const { message, hash, signed } = released;
      const place = { origin: node.state.origin, index: first + i };
      return { record: messageRecord(place, at, { message, hash, signed }, { drafter, releaser }, null), message };
    }),
  );
  announce(node, id, "released");
  node.events.emit({ type: "log", at, party: node.state.self, size: first + items.length });
  node.peers.kick();
  return items.map(({ released }, i) => ({ hash: released.hash, index: first + i }));
}

function requireConfirmed({ items }: DraftRecord, confirmed: boolean): void {
  const findings = items.flatMap(findingsOf);
  const refused = findings.find(({ gravity }) => gravity === "refuse");
  if (refused !== undefined)
    throw serverError("draft-refused-finding", refused.message, { detail: { finding: refused.code } });
  const warnings = findings.filter(({ gravity }) => gravity === "warn");
  if (warnings.length > 0 && !confirmed) {
    throw serverError(
      "draft-findings-unconfirmed",
      `${warnings.length} warnings are not confirmed: ${warnings[0]?.message}`,
      {
        detail: { warnings: warnings.length },
      },
    );
  }
}

/** Of this draft, which the store does not know yet. */
interface Known {
  readonly ids: Set<string>;
  readonly targets: Map<MessageHash, Target>;
}

async function releasedItems(
  node: Node,
  draft: DraftRecord,
  signatures: readonly Bytes[],
  officer: Officer,
): Promise<Item[]> {
  const known: Known = { ids: new Set(), targets: new Map() };
  const items: Item[] = [];
  for (const [i, { bytes, drafted }] of draft.items.entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    const tbs = toBeSignedFrom(node.suite, bytes);
    const draft = drafted === null ? tbs : withDrafted(node.suite, tbs, drafted);
    items.push(releasedItem(node, draft, withReleased(node.suite, draft, signatures[i] as Bytes), officer, known));
  }
  return items;
}

/** The policy says why not in an officer's words; the receivers' own check is the last word. */
function releasedItem(
  node: Node,
  draft: Drafted | ToBeSigned,
  released: Released,
  officer: Officer,
  known: Known,
): Item {
  const { state, store, suite, now } = node;
  const { message, hash } = released;
  requireOpenFor(state, message.kind, now());
  const target = message.re === null ? null : targetOf(state, store, message.re.message);
  requirePolicy(node, draft, message, target, officer);
  const index = store.log(state.origin)?.size ?? 0;
  const verdict = checkMessage(
    suite,
    {
      line: state.line,
      charter: state.charter,
      charterHash: state.charterHash,
      party: state.self,
      roster: state.roster(state.self),
      isRevoked: (key) => state.isRevoked(state.origin, index, key),
      hasLeft: state.hasLeft(state.origin, index),
      isRepeated: (from: PartyId, id: MessageId) => known.ids.has(`${from} ${id}`) || store.hasMessageId(from, id),
      target: (wanted: MessageHash) => targetOf(state, store, wanted),
    },
    { origin: state.origin, index, signed: released.signed },
    now(),
  );
  if (!verdict.ok) throw serverError("release-refused", verdict.explanation, { detail: { fault: verdict.fault } });
  if (verdict.stale) throw serverError("draft-stale", "Its not-after time has passed: nobody could comply with it.");
  known.ids.add(`${message.from} ${message.id}`);
  known.targets.set(hash, { message, releasedBy: officer.person });
  return { type: "message", released, drafter: verdict.drafter?.id ?? null, releaser: verdict.releaser.id };
}

function requirePolicy(
  node: Node,
  draft: Drafted | ToBeSigned,
  message: Message,
  target: Target | null,
  officer: Officer,
): void {
  const drafter = draft.stage === "drafted" ? drafterOf(node, draft) : null;
  const soleReleaser = node.state.roster(node.state.self).officers.find(({ person }) => person === target?.releasedBy);
  const verdict = releasePolicy({
    charter: node.state.charter,
    message,
    target: target?.message ?? null,
    drafter,
    releaser: officer,
    soleReleaser: soleReleaser ?? null,
  });
  if (verdict.ok) return;
  if (verdict.code === "second-officer" && draft.stage !== "drafted") {
    throw serverError("draft-not-signed", verdict.reason, { detail: { fault: verdict.code } });
  }
  throw serverError("release-refused", verdict.reason, { detail: { fault: verdict.code } });
}

function drafterOf({ state }: Node, { drafted }: Drafted): Officer {
  const found = state.roster(state.self).officers.find(({ key }) => sameKey(drafted, key));
  if (found === undefined) throw apiError("officer-unknown", "The drafter is no longer an officer of this party.");
  return found;
}

function sameKey(cose: Bytes, key: Bytes): boolean {
  return equalBytes(coseSignerOf(cose), key);
}
