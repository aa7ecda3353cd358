/** A whole line in memory: parties with their keys, their logs, and nodes that run the exchange's effects. */
import { type Signer } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { HeldLog } from "./held-log.ts";
import { appointmentsOf, AT, newSeeds, pair, type Paired, type Seeds, type Side, SIDES, TERMS } from "./sides.ts";
import {
  accept,
  compose,
  type CharterParty,
  type ClosingCause,
  type ComposeOptions,
  declare,
  decodeClosing,
  type Effect,
  extendHistory,
  type Have,
  type HeldClosing,
  type HeldReceipt,
  identityAt,
  type LineFile,
  type LineView,
  type LogReader,
  newest,
  nextRoster,
  openParcel,
  originOf,
  type Parcel,
  receiptsDue,
  rosterHash,
  type RosterHistory,
  sealParcel,
  signClosing,
  type SignedClosing,
  type SignedSuccession,
  signRoster,
  type Terms,
  verifyClosing,
} from "../../src/line/index.ts";
import {
  appendLeaf,
  cosign,
  leafHash,
  parseCheckpoint,
  receiptKeyName,
  rootOf,
  signCheckpoint,
} from "../../src/log/index.ts";
import {
  contentKeyOf,
  decodeEntry,
  encodeEntry,
  type Entry,
  type Message,
  type OpenEntry,
  openWithContentKey,
  type SignedMessage,
  sealEntry,
  sealingKid,
  signDrafted,
  signReleased,
  toBeSigned,
} from "../../src/message/index.ts";
import { type Bytes, equalBytes, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import type { LineId, LogOrigin, PartyId } from "../../src/wire/id.ts";
import { parseLogOrigin, parseMessageId } from "../../src/wire/id.ts";

export { newSeeds } from "./sides.ts";
export { AT, suite };

/** A node without disk or network. `dead` nodes are only data. */
export class Node {
  readonly side: Side;
  readonly file: LineFile;
  readonly line: LineId;
  origin: LogOrigin;
  readonly logs: Map<LogOrigin, HeldLog>;
  readonly receipts: HeldReceipt[] = [];
  readonly opened = new Map<string, OpenEntry>();
  readonly have = new Map<PartyId, readonly Have[]>();
  readonly terms = new Map<PartyId, number>();
  readonly unverified: string[] = [];
  readonly closings: HeldClosing[] = [];
  readonly past: Seeds[] = [];
  seeds: Seeds;

  constructor(side: Side, file: LineFile) {
    this.side = side;
    this.file = file;
    this.line = file.line;
    this.seeds = side.seeds;
    for (const { id } of file.charter.parties) this.terms.set(id, 0);
    this.origin = originOf(file.line, side.id);
    this.logs = new Map(
      file.charter.parties.map(({ id }) => {
        const origin = originOf(file.line, id);
        return [origin, new HeldLog(origin, id, file.histories.get(id) as RosterHistory)];
      }),
    );
  }

  log(party: PartyId = this.side.id): HeldLog {
    const origin = this.closings.findLast(({ origin: each }) => parseLogOrigin(each).party === party)?.origin;
    return this.logs.get(origin ?? originOf(this.line, party)) as HeldLog;
  }

  /** Ends this node's generation where it stands, and begins the next with fresh keys. */
  async close(
    cause: ClosingCause = "restored",
    by: Signer = this.side.identity,
    successions: readonly SignedSuccession[] = [],
  ): Promise<SignedClosing> {
    const { rosters, size, frontier } = this.log();
    const { generation } = parseLogOrigin(this.origin);
    const seeds = { ...newSeeds(), archive: this.seeds.archive };
    const roster = await signRoster(nextRoster(rosters, appointmentsOf(this.side, seeds, AT + 1)), by);
    const names = { line: this.line, party: this.side.id, generation, next: generation + 1, cause, issued_at: AT };
    const closing = { ...names, size, root: rootOf(suite, frontier), roster: rosterHash(suite, roster.bytes) };
    const signed = await signClosing(closing, roster, by, successions);
    this.past.push(this.seeds);
    this.seeds = seeds;
    this.takeClosing(signed);
    this.append({ type: "charter", ...this.file.signed }, { type: "roster", ...roster });
    return signed;
  }

  takeClosing(signed: SignedClosing): void {
    const { party, generation } = decodeClosing(signed.bytes);
    const before = this.log(party);
    if (parseLogOrigin(before.origin).generation !== generation) return;
    const { identity } = this.file.charter.parties.find(({ id }) => id === party) as CharterParty;
    const taken = verifyClosing(suite, { line: this.line, party, identity }, signed);
    before.closedAt = taken.closing.size;
    this.logs.set(taken.origin, new HeldLog(taken.origin, party, taken.history));
    this.closings.push({ signed, origin: taken.origin });
    if (party === this.side.id) this.origin = taken.origin;
  }

  view(): LineView {
    const logs = new Map([...this.logs].map(([origin, log]) => [origin, log.view()]));
    const newestOf = new Map(this.receipts.map((receipt) => [`${receipt.origin} ${receipt.party}`, receipt]));
    const { line, terms } = this;
    const { closings } = this;
    return { line, self: this.side.id, logs, closings, receipts: [...newestOf.values()], terms, settled: true };
  }

  /** Entries 0 and 1 of every log. */
  found(): void {
    const roster = this.file.rosters.find(({ party }) => party === this.side.id);
    if (roster === undefined) throw new Error("no roster");
    this.append({ type: "charter", ...this.file.signed });
    this.append({ type: "roster", bytes: roster.bytes, signature: roster.signature });
  }

  append(...contents: OpenEntry[]): void {
    for (const content of contents) {
      const log = this.log();
      const others = [...this.logs.values()].filter(({ party }) => party !== this.side.id);
      const recipients = others.map(({ rosters }) => ({ sealingKey: newest(rosters).roster.node.sealing }));
      const place = { origin: this.origin, index: log.size };
      const entry = sealEntry(suite, content, { ...place, recipients, archiveKey: this.seeds.archive });
      const step = appendLeaf(suite, log.frontier, leafHash(suite, entry.core));
      log.append([encodeEntry(entry)], step.completed);
      log.frontier = step.frontier;
      this.take(place.index, log, content);
      this.sign();
    }
  }

  private sign(): void {
    const log = this.log();
    const checkpoint = { origin: this.origin, size: log.size, root: rootOf(suite, log.frontier) };
    log.checkpoints.set(log.size, signCheckpoint(suite, checkpoint, { name: this.origin, seed: this.seeds.log }));
  }

  /** A new roster with new node keys; its own checkpoint is still signed by the old log key. */
  async rotate(seeds: Seeds, by: Signer = this.side.identity): Promise<void> {
    const roster = nextRoster(this.log().rosters, appointmentsOf(this.side, seeds, AT + 1));
    const before = this.log().rosters.length;
    this.append({ type: "roster", ...(await signRoster(roster, by)) });
    if (this.log().rosters.length === before) return;
    this.past.push(this.seeds);
    this.seeds = { ...seeds, archive: this.seeds.archive };
  }

  async say(message: Message, signers: { drafted: Signer | null; released: Signer }): Promise<SignedMessage> {
    const tbs = toBeSigned(suite, message);
    const draft = signers.drafted === null ? tbs : await signDrafted(suite, tbs, signers.drafted);
    const { signed } = await signReleased(suite, draft, signers.released);
    this.append({ type: "message", message: signed });
    return signed;
  }

  private take(index: number, log: HeldLog, content: OpenEntry): void {
    this.opened.set(`${log.origin}#${index}`, content);
    if (content.type !== "roster" && content.type !== "declaration") return;
    const identity = this.file.charter.parties.find(({ id }) => id === log.party)?.identity as Bytes;
    const owner = { line: this.line, party: log.party, identity };
    const place = { generation: parseLogOrigin(log.origin).generation, index };
    try {
      if (content.type === "declaration")
        log.declared = declare(suite, owner, log.declared, { place, signed: content });
      else {
        const inForce = { ...owner, identity: identityAt(identity, log.declared, place) };
        log.rosters = extendHistory(suite, log.rosters, inForce, index, content);
      }
    } catch (error) {
      // It stays, and counts for nothing.
      if (!isParleyError(error)) throw error;
    }
  }

  reader(): LogReader {
    return {
      entries: (origin, from, count, bytes) => {
        let room = bytes;
        const log = this.logs.get(origin) as HeldLog;
        const fitting = log.entries.slice(from, from + count).findIndex((entry) => (room -= entry.length) < 0);
        return log.entries.slice(from, from + (fitting < 0 ? count : Math.max(1, fitting)));
      },
      checkpointUpTo: (origin, from, to) => {
        const held = [...(this.logs.get(origin) as HeldLog).checkpoints].filter(([size]) => size > from && size <= to);
        return held.toSorted(([a], [b]) => a - b).at(-1)?.[1] ?? null;
      },
    };
  }

  parcelFor(peer: Node, options: Partial<ComposeOptions> = {}): Parcel {
    const have = this.have.get(peer.side.id) ?? null;
    return compose(this.view(), this.reader(), { to: peer.side.id, at: AT, have, ...options });
  }

  sealFor(peer: Node, parcel: Parcel): Bytes {
    const { transport } = newest(this.log(peer.side.id).rosters).roster.node;
    return sealParcel(suite, parcel, { parcelSeed: this.seeds.parcel, transportKey: transport });
  }

  open(sealed: Bytes): Parcel {
    const { parcel } = openParcel(suite, sealed, {
      transportSeeds: [this.seeds, ...this.past].map(({ transport }) => transport),
      partyOn: (line) => (line === this.line ? this.side.id : null),
      takeClosings: (closings) => closings.forEach((signed) => this.takeClosing(signed)),
      parcelKeys: (_, from) => {
        const { rosters } = this.log(from);
        return rosters.map(({ roster }) => roster.node.parcel);
      },
    });
    return parcel;
  }

  /** Takes a parcel up, makes its effects durable, signs what is owed, opens what came. */
  receive(parcel: Parcel): readonly Effect[] {
    const effects = accept(suite, this.view(), parcel, "fresh");
    for (const effect of effects) this.apply(effect);
    for (const { origin, checkpoint, size } of receiptsDue(suite, this.view())) {
      const key = { name: receiptKeyName(this.origin), seed: this.seeds.receipt };
      const line = cosign(suite, parseCheckpoint(checkpoint).checkpoint, key, AT / 1000);
      this.receipts.push({ origin, party: this.side.id, size, at: AT, checkpoint, line });
    }
    return effects;
  }

  private apply(effect: Effect): void {
    const log = "origin" in effect && effect.origin !== null ? this.logs.get(effect.origin) : undefined;
    switch (effect.type) {
      case "store-segment": {
        if (log === undefined || log.size !== effect.from) throw new Error("a segment out of place");
        const first = log.size;
        log.append(effect.entries, effect.subtrees);
        log.checkpoints.set(effect.size, effect.checkpoint);
        if (log.head !== null && parseCheckpoint(log.head).checkpoint.size <= log.size) log.head = null;
        for (const i of effect.entries.keys()) this.openAt(log, first + i);
        return;
      }
      case "store-head":
        if (log !== undefined) log.head = effect.checkpoint;
        return;
      case "store-receipt": {
        const { type: _, ...receipt } = effect;
        this.receipts.push(receipt);
        return;
      }
      case "store-term":
        this.terms.set(effect.party, effect.term);
        return;
      case "split-record":
        if (log !== undefined) log.split = effect.record;
        return;
      case "unverified":
        this.unverified.push(effect.code);
        return;
      case "heard":
        this.have.set(effect.party, effect.have);
        return;
      case "behind-own-log":
    }
  }

  private openAt(log: HeldLog, index: number): void {
    const { core } = decodeEntry(log.entries[index] as Bytes);
    const place = { origin: log.origin, index };
    this.take(index, log, openWithContentKey(suite, core, place, this.contentKey(log, index)));
  }

  /** What evidence discloses of one entry. */
  contentKey(log: HeldLog, index: number): Bytes {
    const entry = decodeEntry(log.entries[index] as Bytes);
    const own = log.party === this.side.id;
    const opener = own ? { archiveKey: this.seeds.archive } : { sealingSeed: this.sealingSeedOf(entry) };
    return contentKeyOf(suite, entry, { origin: log.origin, index }, opener);
  }

  /** Keys turn over while entries sealed to the older one are still on their way. */
  private sealingSeedOf({ shares }: Entry): Bytes {
    const seeds = [this.seeds, ...this.past].map(({ sealing }) => sealing);
    const named = (seed: Bytes): boolean => {
      const own = sealingKid(suite, suite.xwingPublicKey(seed));
      return shares.some(({ kid }) => equalBytes(kid, own));
    };
    return seeds.find(named) ?? this.seeds.sealing;
  }
}

/** One exchange over a link that loses nothing: a parcel, and the reply. */
export function exchange(from: Node, to: Node, options: Partial<ComposeOptions> = {}): void {
  to.receive(to.open(from.sealFor(to, from.parcelFor(to, options))));
  from.receive(from.open(to.sealFor(from, to.parcelFor(from, options))));
}

export interface World extends Paired {
  readonly nodes: readonly [Node, Node, Node];
}

export async function newWorld(terms: Terms = TERMS): Promise<World> {
  const paired = await pair(SIDES(), terms);
  const nodes = paired.sides.map((side) => new Node(side, paired.file));
  for (const node of nodes) node.found();
  return { ...paired, nodes: nodes as unknown as World["nodes"] };
}

let counter = 0;

/** A message with an id of its own, on this world's line. */
export function messageOn(node: Node, rest: Pick<Message, "kind" | "body"> & Partial<Message>): Message {
  counter += 1;
  return {
    line: node.line,
    charter: node.file.charterHash,
    from: node.side.id,
    id: parseMessageId(toHex(suite.randomBytes(16))),
    version: 1,
    subject: `Message ${counter}`,
    re: null,
    list: null,
    heads: [],
    at: AT,
    expires: null,
    lang: "en",
    exercise: true,
    sole_reason: null,
    ...rest,
  };
}

export function textOn(node: Node, words: string, rest: Partial<Message> = {}): Message {
  return messageOn(node, { kind: "text", body: { words } as never, ...rest } as never);
}
