/**
 * A hostile party of a line: it holds its own keys and nobody else's, speaks the parcel protocol by hand, and keeps as
 * many histories as it likes.
 */
import { type Signer, seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type Appointments,
  type LineFile,
  newest,
  nextRoster,
  openParcel,
  originOf,
  type Parcel,
  type Roster,
  type RosterHistory,
  sealParcel,
  signRoster,
} from "../../src/line/index.ts";
import {
  appendLeaf,
  emptyFrontier,
  type Frontier,
  type HashReader,
  leafHash,
  rootOf,
  signCheckpoint,
} from "../../src/log/index.ts";
import {
  encodeEntry,
  type Entry,
  type Message,
  type NoticeItem,
  type OpenEntry,
  sealEntry,
  signDrafted,
  type SignedMessage,
  signNotice,
  signReleased,
  toBeSigned,
} from "../../src/message/index.ts";
import { openAtRest } from "../../src/server/at-rest/at-rest.ts";
import { readNodeSeeds } from "../../src/server/node-dir.ts";
import type { NodeSeeds } from "../../src/server/node-keys.ts";
import { type Bytes, toHex } from "../../src/wire/bytes.ts";
import { type LogOrigin, type MessageHash, parseMessageId } from "../../src/wire/id.ts";
import type { MadeLine, MadeParty } from "../support/line.ts";

export { suite };

type Segment = Parcel["segments"][number];

/** One history of a log: there may be several, and no store stops anybody. */
export class History {
  readonly origin: LogOrigin;
  readonly entries: Entry[] = [];
  readonly #seed: Bytes;
  readonly #nodes = new Map<string, Bytes>();
  #frontier: Frontier = emptyFrontier();

  constructor(origin: LogOrigin, logSeed: Bytes, entries: readonly Entry[] = []) {
    this.origin = origin;
    this.#seed = logSeed;
    for (const entry of entries) this.push(entry);
  }

  get size(): number {
    return this.entries.length;
  }

  read: HashReader = (level, index) => this.#nodes.get(`${level}/${index}`) as Bytes;

  push(entry: Entry): void {
    const { frontier, completed } = appendLeaf(suite, this.#frontier, leafHash(suite, entry.core));
    for (const { level, index, hash } of completed) this.#nodes.set(`${level}/${index}`, hash);
    this.#frontier = frontier;
    this.entries.push(entry);
  }

  /** The signed checkpoint at the newest size. */
  note(): string {
    const checkpoint = { origin: this.origin, size: this.size, root: rootOf(suite, this.#frontier) };
    return signCheckpoint(suite, checkpoint, { name: this.origin, seed: this.#seed });
  }

  /** Another history with the same first `size` entries. */
  fork(size = this.size): History {
    return new History(this.origin, this.#seed, this.entries.slice(0, size));
  }

  segment(from: number): Segment {
    const entries = this.entries.slice(from).map((entry) => encodeEntry(entry));
    return { origin: this.origin, from, entries, checkpoint: this.note() };
  }
}

export class Hostile {
  readonly party: MadeParty;
  readonly line: MadeLine;
  readonly file: LineFile;
  readonly seeds: NodeSeeds;
  readonly history: History;
  /** What each party's node said last, by its log. */
  readonly heard = new Map<LogOrigin, Parcel>();

  constructor(line: MadeLine, id: string) {
    this.line = line;
    this.party = line.party(id);
    this.file = line.line;
    this.seeds = readNodeSeeds(this.party.dir, openAtRest(suite, this.party.dir, this.party.storePassphrase));
    this.history = new History(originOf(this.file.line, this.party.id), this.seeds.log);
    const own = this.file.rosters.find(({ party }) => party === this.party.id);
    if (own === undefined) throw new Error(`no roster of ${id}`);
    this.add({ type: "charter", ...this.file.signed });
    this.add({ type: "roster", bytes: own.bytes, signature: own.signature });
  }

  seal(content: OpenEntry, index: number): Entry {
    const others = this.file.charter.parties.filter(({ id }) => id !== this.party.id);
    const recipients = others.map(({ id }) => {
      const { sealing } = newest(this.file.histories.get(id) as RosterHistory).roster.node;
      return { sealingKey: sealing };
    });
    const { origin } = this.history;
    return sealEntry(suite, content, { origin, index, recipients, archiveKey: this.seeds.archive });
  }

  add(content: OpenEntry, history: History = this.history): void {
    history.push(this.seal(content, history.size));
  }

  signer(officer: string): Signer {
    return this.party.officers[officer]?.signer as Signer;
  }

  message(rest: Partial<Message> = {}): Message {
    return {
      line: this.file.line,
      charter: this.file.charterHash,
      from: this.party.id,
      id: parseMessageId(toHex(suite.randomBytes(16))),
      kind: "text",
      version: 1,
      subject: "Words",
      re: null,
      list: null,
      heads: [],
      at: Date.now(),
      expires: null,
      lang: "en",
      exercise: this.file.charter.exercise,
      sole_reason: null,
      body: { words: "Words." },
      ...rest,
    } as Message;
  }

  /** As its own two officers would release it. */
  async signed(message: Message): Promise<{ signed: SignedMessage; hash: MessageHash }> {
    const draft = await signDrafted(suite, toBeSigned(suite, message), this.signer("watch-1"));
    return signReleased(suite, draft, this.signer("watch-2"));
  }

  async say(rest: Partial<Message> = {}, history: History = this.history): Promise<MessageHash> {
    const { signed, hash } = await this.signed(this.message(rest));
    this.add({ type: "message", message: signed }, history);
    return hash;
  }

  notice(items: readonly NoticeItem[], history: History = this.history): void {
    const { line, charter } = this.file;
    const content = { line, from: this.party.id, at: Date.now(), exercise: charter.exercise, items };
    this.add({ type: "notice", ...signNotice(suite, content, this.seeds.parcel) }, history);
  }

  /** The roster after the founding one, with `change` made to it. */
  async nextRoster(change: (appointments: Appointments) => Partial<Appointments>): Promise<void> {
    const history = this.file.histories.get(this.party.id) as RosterHistory;
    const { roster } = newest(history);
    const { officers, units, node, address, carriers, issued_at } = roster;
    const appointments = { officers, units, node, address, carriers, issued_at };
    const next: Roster = nextRoster(history, { ...appointments, ...change(appointments) });
    this.add({ type: "roster", ...(await signRoster(next, seedSigner(suite, this.party.identity))) });
  }

  parcel(to: string, parts: Partial<Parcel> = {}): Bytes {
    const receiver = this.line.party(to);
    const { transport } = newest(this.file.histories.get(receiver.id) as RosterHistory).roster.node;
    const have = this.file.charter.parties
      .map(({ id }) => originOf(this.file.line, id))
      .map((origin) => {
        const size = origin === this.history.origin ? this.history.size : 0;
        return { origin, size, term: this.heard.get(origin)?.term ?? 0 };
      })
      .toSorted((a, b) => (a.origin < b.origin ? -1 : 1));
    const answer = this.heard.get(originOf(this.file.line, receiver.id))?.ask ?? null;
    const none = { segments: [], heads: [], receipts: [], closings: [] };
    const empty = { ...none, more: false, ask: null, answer, term: 0, settled: true };
    const parcel: Parcel = {
      line: this.file.line,
      from: this.party.id,
      to: receiver.id,
      at: Date.now(),
      have,
      ...empty,
      ...parts,
    };
    return sealParcel(suite, parcel, { parcelSeed: this.seeds.parcel, transportKey: transport });
  }

  /** Sends a parcel and opens the reply. */
  async send(to: string, parts: Partial<Parcel> = {}): Promise<Parcel> {
    const reply = this.open(await this.post(to, this.parcel(to, parts)));
    this.heard.set(originOf(this.file.line, reply.from), reply);
    return reply;
  }

  async post(to: string, sealed: Bytes): Promise<Bytes> {
    const url = `${this.line.party(to).url}/line/v1/exchange`;
    const response = await fetch(url, { method: "POST", body: sealed as BodyInit });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  open(sealed: Bytes): Parcel {
    const { parcel } = openParcel(suite, sealed, {
      transportSeeds: [this.seeds.transport],
      partyOn: () => this.party.id,
      parcelKeys: (_, from) => {
        return (this.file.histories.get(from) ?? []).map(({ roster }) => roster.node.parcel);
      },
    });
    return parcel;
  }
}
