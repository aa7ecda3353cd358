/** What a party that keeps no rule does to the others, one thing at a time. Whatever they answer is none of its concern. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { signCose } from "../../../src/crypto/index.ts";
import { type Parcel, sealParcel } from "../../../src/line/index.ts";
import { encodeEntry } from "../../../src/message/index.ts";
import type { Bytes } from "../../../src/wire/bytes.ts";
import { type Hostile, suite } from "../../../test/attack/hostile.ts";
import { mutated } from "../fuzz/mutate.ts";
import type { Random } from "../random.ts";

export interface Assault {
  readonly hostile: Hostile;
  readonly victims: readonly [string, ...string[]];
  readonly random: Random;
  /** Sealed parcels of this and of earlier attacks, its own and the others' answers. */
  readonly kept: Bytes[];
}

type Attack = (assault: Assault) => Promise<void>;

const GARBAGE_BYTES = 48_000;
const FLOOD = 60;
const LORIS = 160;
const LORIS_MS = 3000;

/** Sends and keeps; an answer or a refusal is all the same. */
async function post({ hostile, kept }: Assault, to: string, sealed: Bytes): Promise<Parcel | null> {
  kept.push(sealed);
  try {
    const reply = await hostile.post(to, sealed);
    kept.push(reply);
    const parcel = hostile.open(reply);
    hostile.heard.set(parcel.have[0]?.origin ?? hostile.history.origin, parcel);
    return parcel;
  } catch {
    return null;
  }
}

/** Its whole log, or what of it is in a parcel's room. */
function show(assault: Assault, to: string, history = assault.hostile.history): Promise<Parcel | null> {
  return post(assault, to, assault.hostile.parcel(to, { segments: [history.segment(0)] }));
}

async function showAll(assault: Assault): Promise<void> {
  for (const to of assault.victims) await show(assault, to);
}

const equivocates: Attack = async (assault) => {
  const { hostile, victims } = assault;
  const other = hostile.history.fork();
  await hostile.say({ subject: "to the one" });
  await hostile.say({ subject: "to the other" }, other);
  await show(assault, victims[0]);
  await show(assault, victims.at(-1) as string, other);
  for (const to of victims) {
    await post(assault, to, hostile.parcel(to, { heads: [hostile.history.note()] }));
    await post(assault, to, hostile.parcel(to, { heads: [other.note()] }));
  }
};

const replays: Attack = async (assault) => {
  const { victims, random, kept } = assault;
  for (const sealed of Array.from({ length: 30 }, () => random.pick(kept))) {
    if (sealed !== undefined) await post(assault, random.pick(victims), sealed);
  }
  kept.splice(0, Math.max(0, kept.length - 200));
};

/** It has nobody's key but its own, and says that it is somebody else. */
const impersonates: Attack = async (assault) => {
  const { hostile, victims } = assault;
  for (const to of victims) {
    for (const from of victims) {
      const origin = hostile.history.origin.replace(
        `/${hostile.party.id}/`,
        `/${from}/`,
      ) as typeof hostile.history.origin;
      const forged = {
        from: hostile.line.party(from).id,
        heads: [hostile.history.note().replaceAll(hostile.history.origin, origin)],
      };
      await post(assault, to, hostile.parcel(to, forged));
    }
    const transportKey = hostile.seeds.transport;
    const strange = sealParcel(
      suite,
      { ...(hostile.heard.values().next().value as Parcel), from: hostile.party.id, to: hostile.line.party(to).id },
      { parcelSeed: suite.randomBytes(32), transportKey: suite.xwingPublicKey(transportKey) },
    );
    await post(assault, to, strange);
  }
};

/** An officer who was taken off the roster, a stranger, one person twice, and another party's name. */
const misuses: Attack = async (assault) => {
  const { hostile, victims } = assault;
  await hostile.say({ from: hostile.line.party(victims[0]).id, subject: "in another's name" });
  await hostile.say({ charter: "0".repeat(64), subject: "under other terms" });
  const { signed } = await hostile.signed(hostile.message({ subject: "one person twice" }));
  const twice = await signCose("parley/v1/drafted", signed.bytes, hostile.signer("watch-2"));
  hostile.add({ type: "message", message: { ...signed, drafted: twice } });
  const stranger = {
    publicKey: suite.ed25519PublicKey(new Uint8Array(32)),
    sign: async (m: Bytes) => suite.ed25519Sign(new Uint8Array(32), m),
  };
  hostile.add({
    type: "message",
    message: { ...signed, released: await signCose("parley/v1/released", signed.bytes, stranger) },
  });
  await showAll(assault);
};

const revoked: Attack = async (assault) => {
  const { hostile } = assault;
  await hostile.nextRoster(({ officers }) => ({ officers: officers.filter(({ id }) => id !== "watch-2") }));
  await hostile.say({ subject: "by one who is no officer any more" });
  await showAll(assault);
};

/** Signed by its officers, and no message all the same: deep, long, with counts beyond all bounds and text that confuses. */
const confuses: Attack = async (assault) => {
  const { hostile, random } = assault;
  const { signed } = await hostile.signed(hostile.message({ subject: "Words \u061c of no harm" }));
  const nests = Uint8Array.from({ length: 20_000 }, () => 0x81);
  const counts = Uint8Array.of(0x9b, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff);
  const turned = Buffer.from(Buffer.from(signed.bytes).toString("latin1").replace("Words", "\xe2\x80\xaexx"), "latin1");
  const changed = Array.from({ length: 12 }, () => mutated([signed.bytes], random).subarray(0, GARBAGE_BYTES));
  for (const bytes of [nests, counts, Uint8Array.from(turned), ...changed]) {
    const [drafted, released] = await Promise.all([
      signCose("parley/v1/drafted", bytes, hostile.signer("watch-1")),
      signCose("parley/v1/released", bytes, hostile.signer("watch-2")),
    ]);
    hostile.add({ type: "message", message: { bytes, drafted, released } });
  }
  await showAll(assault);
};

/** Entries at the size that is allowed, of nothing; and some that are no entries. */
const litters: Attack = async (assault) => {
  const { hostile, victims } = assault;
  for (let i = 0; i < 6; i++) {
    hostile.add({ type: "notice", bytes: suite.randomBytes(GARBAGE_BYTES), signature: suite.randomBytes(109) });
  }
  await showAll(assault);
  const broken = hostile.history.segment(0);
  const entries = [...broken.entries, suite.randomBytes(65_536)];
  const last = hostile.history.entries.at(-1);
  if (last !== undefined) entries.push(encodeEntry({ ...last, core: suite.randomBytes(60_000) }));
  for (const to of victims) await post(assault, to, hostile.parcel(to, { segments: [{ ...broken, entries }] }));
};

/** Many at once: large ones, garbled ones that still must be tried to open, and heads and receipts to their limits. */
const floods: Attack = async (assault) => {
  const { hostile, victims, random } = assault;
  const notes = Array.from({ length: 64 }, () => hostile.history.note());
  const parcels = Array.from({ length: FLOOD }, () => {
    const to = random.pick(victims);
    const sealed = Uint8Array.from(
      hostile.parcel(to, random.chance(0.5) ? { heads: notes } : { segments: [hostile.history.segment(0)] }),
    );
    if (random.chance(0.5)) sealed[sealed.length - 1 - random.below(200)] = random.below(256);
    return post(assault, to, sealed);
  });
  await Promise.all(parcels);
};

/** Callers who say a byte now and then, at both doors, and others who only hold the line. */
const crawls: Attack = async ({ hostile, victims, random }) => {
  const sockets: Socket[] = [];
  for (const victim of victims) {
    const { url, lineAddress } = hostile.line.party(victim);
    const ports = [url, lineAddress].flatMap((each) => (each === null ? [] : [Number(new URL(each).port)]));
    for (let i = 0; i < LORIS; i++) sockets.push(connect(random.pick(ports), "127.0.0.1").on("error", () => undefined));
  }
  for (const end = Date.now() + LORIS_MS; Date.now() < end; await sleep(300)) {
    for (const socket of sockets)
      if (!socket.destroyed && random.chance(0.7)) socket.write(random.pick(["P", "G", "\x16", "\r\n", "x"]));
  }
  for (const socket of sockets) socket.destroy();
};

export const ATTACKS: Record<string, Attack> = {
  replays,
  impersonates,
  misuses,
  confuses,
  litters,
  floods,
  crawls,
  revoked,
  equivocates,
};
