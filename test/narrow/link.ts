/** An alert as it is told on a line in memory, and a narrow link with loss in simulated time. */
import {
  datagramAt,
  decodeSaid,
  encodeSaidEntry,
  narrowKey,
  type NarrowKeys,
  narrowKeys,
  type NarrowSet,
  openSet,
  outbox,
  readDatagram,
  reassembly,
  restoreEntry,
  type SaidEntry,
  sealSet,
  shardBytes,
  type ToSay,
  weightOf,
} from "../../src/line/index.ts";
import { parseCheckpoint } from "../../src/log/index.ts";
import {
  contentKeyOf,
  decodeEntry,
  type Entry,
  type Message,
  openEntry,
  parseBody,
  sealingKid,
} from "../../src/message/index.ts";
import { type Bytes, toHex } from "../../src/wire/bytes.ts";
import { exchange, messageOn, newWorld, type Node, suite } from "../line/world.ts";

/** As an officer releases one: a STOP about a circle with a height band, and a line of remarks. */
export function stopOn(node: Node, remarks = "Shelling reported at the crossing. Stop all fire now."): Message {
  const body = parseBody("alert", {
    alert: "STOP",
    volumes: [
      {
        footprint: { type: "circle", centre: { lat: 36.34117, lon: 43.13005 }, radius_m: 1500 },
        height: { datum: "AGL", lower_m: 0, upper_m: 3000 },
        window: { start: 1_790_000_000_000, end: null },
      },
    ],
    message: null,
    remarks,
  });
  const heads = [...node.logs.values()]
    .filter(({ party, size }) => party !== node.side.id && size > 0)
    .map(({ origin, size, checkpoints }) => {
      const { root } = parseCheckpoint(checkpoints.get(size) as string).checkpoint;
      return { origin, size, root: toHex(root) };
    });
  return messageOn(node, { kind: "alert", subject: "STOP at the Khazir crossing", body, heads } as never);
}

export interface Told {
  readonly keys: NarrowKeys;
  /** What was signed. */
  readonly bytes: Bytes;
  readonly plain: Bytes;
  readonly said: ToSay;
  /** As the sender's log has it, with all shares. */
  readonly entry: Entry;
  readonly from: Node;
  readonly to: Node;
}

export interface Alert {
  readonly remarks?: string;
  /** Whether a second officer drafted it. */
  readonly drafted?: boolean;
}

/** Bytes of remarks on a line of three, one officer, one circle: one more takes a longer set (spec/narrow.md). */
export const LONGEST_REMARKS = 232;

/** North tells an alert on a line of three whose logs are known all round. */
export async function toldAlert({ remarks, drafted = false }: Alert = {}): Promise<Told> {
  const { nodes } = await newWorld();
  const [from, to, third] = nodes;
  for (const other of [to, third]) exchange(from, other);
  const { watch, drafter } = from.side.officers;
  const { bytes } = await from.say(stopOn(from, remarks), { drafted: drafted ? drafter : null, released: watch });
  const index = from.log().size - 1;
  const entry = decodeEntry(from.log().entries[index] as Bytes);
  const place = { origin: from.origin, index };
  const contentKey = contentKeyOf(suite, entry, place, { archiveKey: from.seeds.archive });
  const said = { ...place, generation: 0, entry, contentKey };
  const kid = sealingKid(suite, suite.xwingPublicKey(to.seeds.sealing));
  const keys = narrowKeys(suite, narrowKey(suite, to.seeds.transport, to.line, from.side.id));
  return { keys, bytes, plain: encodeSaidEntry(suite, said, kid), said, entry, from, to };
}

/** By the receiver, as it stands in the sender's log. */
export const restored = ({ to, from }: Told, said: SaidEntry): Entry =>
  restoreEntry(suite, said, from.origin, { sealingSeed: to.seeds.sealing });

export const setOf = ({ keys, plain }: Told, ip: 4 | 6 = 4): NarrowSet => sealSet(suite, keys, plain, shardBytes(ip));

/** A small generator with a seed (mulberry32), so that a run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Link {
  readonly bitsPerSecond: number;
  /** Of each datagram by itself, 0 to 1. */
  readonly loss: number;
  readonly ip: 4 | 6;
}

/**
 * One alert over a link, from its release until it is opened by the receiver's own code: in milliseconds of the link's
 * time, headers included. Nothing comes back: no word of the receiver helps.
 */
export function timeToOpen(told: Told, set: NarrowSet, link: Link, random: () => number, untilMs = 300_000): number {
  const box = outbox<null>(({ set: each }) => toHex(each.id));
  const inbox = reassembly();
  box.add({ to: null, set, isAlert: true });
  for (let now = 0; now < untilMs;) {
    const next = box.next(now);
    if ("again" in next) {
      now = Math.max(now, next.again ?? untilMs);
      continue;
    }
    const datagram = datagramAt(suite, told.keys, set, next.send.index);
    now += (weightOf(datagram, link.ip) * 8000) / link.bitsPerSecond;
    if (random() < link.loss) continue;
    const shard = readDatagram(suite, told.keys, datagram);
    const put = shard?.type === "shard" ? inbox.put(shard) : null;
    if (put?.state !== "complete") continue;
    const said = decodeSaid(suite, openSet(suite, told.keys, put));
    if (said.type !== "entry") return Infinity;
    const place = { origin: told.from.origin, index: said.index };
    openEntry(suite, restored(told, said), place, { sealingSeed: told.to.seeds.sealing });
    return now;
  }
  return Infinity;
}
