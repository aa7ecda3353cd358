/** A movement that is told, read, read back and answered on a line in memory, and the evidence of it. */
import {
  checkMessage,
  type EvidenceLog,
  type EvidencePlace,
  type EvidenceSource,
  type MessageContext,
  rosterAt,
} from "../../src/line/index.ts";
import {
  decodeEntry,
  type Message,
  messageHash,
  parseBody,
  type Relation,
  type SignedMessage,
  signNotice,
} from "../../src/message/index.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import type { MessageHash } from "../../src/wire/id.ts";
import { AT, exchange, messageOn, newWorld, type Node, suite, type World } from "./world.ts";

const HOUR = 3_600_000;

export function movementOn(node: Node, rest: Partial<Message> = {}): Message {
  const body = parseBody("movement", {
    phase: "planned",
    decision: "undecided",
    route: [
      { position: { lat: 36.8663, lon: 43.0021 }, at: AT + 2 * HOUR, name: "Depot" },
      { position: { lat: 36.34, lon: 43.13 }, at: AT + 4 * HOUR, name: "Crossing" },
    ],
    tolerance_s: 1800,
    width_m: 200,
  });
  return messageOn(node, { kind: "movement", body, subject: "Convoy to Crossing", ...rest } as never);
}

export function replyTo(node: Node, hash: MessageHash, kind: string, relation: Relation, body: unknown): Message {
  return messageOn(node, {
    kind,
    body,
    re: { relation, message: hash },
    subject: `About ${hash.slice(0, 8)}`,
  } as never);
}

export function noted(node: Node, hash: MessageHash, answer = "NOTED"): Message {
  const body = { answer, scope: "message", reason: "", words: "", until: null, at: null };
  return replyTo(node, hash, "answer", "answers", body);
}

export const hashOf = (signed: SignedMessage): MessageHash => messageHash(suite, signed.bytes);

export interface Told extends World {
  readonly movement: MessageHash;
  readonly place: EvidencePlace;
  readonly replies: readonly EvidencePlace[];
}

export async function tell(): Promise<Told> {
  const world = await newWorld();
  const [north, relief, south] = world.nodes;
  const round = (): void => {
    for (let i = 0; i < 2; i++) {
      exchange(relief, north);
      exchange(relief, south);
      exchange(north, south);
    }
  };
  round();
  const { drafter, releaser } = relief.side.officers;
  const signed = await relief.say(movementOn(relief), { drafted: drafter, released: releaser });
  const movement = hashOf(signed);
  round();
  const { watch } = south.side.officers;
  const opened = { code: "opened", origin: relief.origin, from: 2, to: 3 } as const;
  const notice = { line: south.line, from: south.side.id, at: AT, exercise: true, items: [opened] };
  south.append({ type: "notice", ...signNotice(suite, notice, south.seeds.parcel) });
  await south.say(replyTo(south, movement, "read", "reads", { scope: "message" }), { drafted: null, released: watch });
  await south.say(noted(south, movement), { drafted: null, released: watch });
  round();
  const replies = [2, 3, 4].map((index) => ({ origin: south.origin, index }));
  return { ...world, movement, place: { origin: relief.origin, index: 2 }, replies };
}

/** What a node's store would give its export. */
export function sourceOf(
  node: Node,
  order: readonly number[] = [...node.logs.keys()].map((_, i) => i),
): EvidenceSource {
  const logs = [...node.logs.values()].map((log): EvidenceLog => ({
    origin: log.origin,
    party: log.party,
    size: log.size,
    rosters: log.rosters,
    declarations: log.declarations,
    read: log.read,
    leaf: (index) => decodeEntry(log.entries[index] as Bytes).core,
    contentKey: (index) => node.contentKey(log, index),
    checkpointAt: (size) => log.checkpoints.get(size) as string,
    receiptsOver: (index) => {
      const over = node.receipts.filter(({ origin, size }) => origin === log.origin && size > index);
      const first = new Map(over.toReversed().map((receipt) => [receipt.party, receipt]));
      return [...first.values()];
    },
    receipts: () => node.receipts.filter(({ origin }) => origin === log.origin),
  }));
  const { signed: charter, rosters } = node.file;
  return {
    charter,
    rosters,
    closings: node.closings.map(({ signed }) => signed),
    logs: order.map((i) => logs[i] as EvidenceLog),
  };
}

/** How a receiver looks at what stands in `author`'s log. */
export function contextOf(node: Node, author: Node, index: number, rest: Partial<MessageContext> = {}): MessageContext {
  return {
    line: node.line,
    charter: node.file.charter,
    charterHash: node.file.charterHash,
    party: author.side.id,
    roster: rosterAt(node.log(author.side.id).rosters, index),
    isRevoked: () => false,
    hasLeft: false,
    isRepeated: () => false,
    target: () => null,
    ...rest,
  };
}

export function judge(node: Node, author: Node, signed: SignedMessage, rest: Partial<MessageContext> = {}, now = AT) {
  const placed = { origin: author.origin, index: 2, signed };
  return checkMessage(suite, contextOf(node, author, 2, rest), placed, now);
}
