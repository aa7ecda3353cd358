/**
 * Reads one node's export (spec/evidence.md) and says what stands in it: every log with its leaves, its checkpoints and
 * receipts, and the messages that its node can open. Whatever does not verify is a fault.
 */
import { arrayOf, bytesOf, decode, mapOf, numberOf, Reader, textOf, type Value } from "./cbor.ts";
import { coseHolds, coseKey, labelled, openBox } from "./crypto.ts";
import {
  type Carried,
  type FoundClosing,
  type FoundDeclaration,
  Identity,
  readCarried,
  readClosing,
  readDeclaration,
} from "./declared.ts";
import { leafHash, Tree } from "./merkle.ts";
import { logSigned, parseCheckpoint, receiptHolds } from "./note.ts";
import { decodeRoster, officersHold, type Roster, rosterBelow } from "./roster.ts";

const FIRST_LINE = "parley-evidence/v1\n";

export interface FoundMessage {
  readonly hash: string;
  readonly index: number;
  readonly from: string;
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  /** Hash of the message to which it refers; null where it refers to none. */
  readonly re: string | null;
  /** The signatures on it are those of officers of the log's party, as many persons as it names. */
  readonly isSigned: boolean;
  /** The keys that its signatures name, in hex. */
  readonly keys: readonly string[];
}

export interface FoundLog {
  readonly origin: string;
  readonly party: string;
  readonly generation: number;
  readonly leaves: Buffer[];
  /** By size, in hex. */
  readonly roots: Map<number, string>;
  readonly receipts: { readonly party: string; readonly size: number; readonly root: string }[];
  readonly messages: FoundMessage[];
  /** Items of notices: the code first. */
  readonly notices: { readonly index: number; readonly items: Value[][] }[];
  readonly rosters: Roster[];
  readonly declared: FoundDeclaration[];
  closed: number;
}

export interface Export {
  readonly line: string;
  readonly parties: readonly string[];
  readonly logs: FoundLog[];
  readonly closings: readonly FoundClosing[];
  readonly faults: ExportFault[];
}

export interface ExportFault {
  /** In whose log it stands; null where it is of the file. */
  readonly party: string | null;
  readonly what: string;
}

export function readExport(bytes: Buffer, identities: ReadonlyMap<string, Buffer>): Export {
  return new ExportReader(identities).read(bytes);
}

class ExportReader {
  readonly #identities: ReadonlyMap<string, Identity>;
  readonly #faults: ExportFault[] = [];
  readonly #logs: FoundLog[] = [];
  /** With which each log begins, by its origin. */
  readonly #founding = new Map<string, Roster>();
  readonly #closings: { readonly closing: FoundClosing; readonly isSigned: () => boolean }[] = [];
  #line = "";
  #tree = new Tree();

  constructor(identities: ReadonlyMap<string, Buffer>) {
    this.#identities = new Map([...identities].map(([party, key]) => [party, new Identity(key)]));
  }

  read(bytes: Buffer): Export {
    if (bytes.toString("latin1", 0, FIRST_LINE.length) !== FIRST_LINE) throw new Error("this is no export");
    const reader = new Reader(bytes.subarray(FIRST_LINE.length));
    let digest = labelled("parley/v1/evidence", Buffer.from(FIRST_LINE));
    let ended = false;
    while (!reader.done) {
      const raw = bytesOf(reader.value(0), "record");
      const record = arrayOf(decode(raw), "record");
      if (record[0] === "end") {
        if (!bytesOf(record[1], "digest").equals(digest)) this.#fault("the digest does not fit");
        ended = reader.done;
      } else {
        digest = labelled("parley/v1/evidence", digest, raw);
        this.#record(record);
      }
    }
    if (!ended) this.#fault("the export has no end");
    // A succession that makes a closing's key the party's stands further on.
    for (const { closing, isSigned } of this.#closings) {
      if (!isSigned()) this.#fault(`log ${closing.generation} of ${closing.party} is not closed by its identity key`);
    }
    const closings = this.#closings.map(({ closing }) => closing);
    const logs = this.#logs;
    return { line: this.#line, parties: [...this.#identities.keys()], logs, closings, faults: this.#faults };
  }

  #fault(what: string): void {
    this.#faults.push({ party: this.#logs.at(-1)?.party ?? null, what });
  }

  #record(record: Value[]): void {
    const type = textOf(record[0], "type");
    switch (type) {
      case "line":
        return this.#begin(record);
      case "closing": {
        const [bytes, signature, roster, by] = record.slice(1, 5).map((part) => bytesOf(part, "closing"));
        const carried = record[5] === undefined ? [] : readCarried(arrayOf(record[5], "successions"));
        return this.#close(bytes as Buffer, signature as Buffer, roster as Buffer, by as Buffer, carried);
      }
      case "log":
        return this.#open(textOf(record[1], "origin"));
      case "leaves": {
        const all = bytesOf(record[1], "leaves");
        for (let at = 0; at < all.length; at += 32) this.#push(all.subarray(at, at + 32));
        this.#log().closed += all.length / 32;
        return;
      }
      case "entry":
        return this.#entry(bytesOf(record[1], "core"), record[2] === null ? null : bytesOf(record[2], "key"));
      case "checkpoint":
        return this.#checkpoint(textOf(record[1], "note"), arrayOf(record[2], "receipts"));
      default:
        this.#fault(`a record ${type}`);
    }
  }

  #begin(record: Value[]): void {
    const charter = bytesOf(record[3], "charter");
    this.#line = labelled("parley/v1/charter", charter).toString("hex");
    for (const each of arrayOf(record[4], "signatures")) {
      const [party, signature] = arrayOf(each, "signature");
      const name = textOf(party, "party");
      const key = this.#identity(name).inForce;
      if (!coseHolds("parley/v1/charter", charter, bytesOf(signature, "signature"), key)) {
        this.#fault(`the charter is not signed by ${name}`);
      }
    }
    for (const each of arrayOf(record[5], "rosters")) {
      const [party, roster, signature] = arrayOf(each, "roster");
      const name = textOf(party, "party");
      const origin = this.#originOf(name, 0);
      this.#founding.set(origin, this.#roster(name, -1, bytesOf(roster, "roster"), bytesOf(signature, "signature")));
    }
  }

  #roster(party: string, index: number, bytes: Buffer, signature: Buffer): Roster {
    if (!coseHolds("parley/v1/roster", bytes, signature, this.#identity(party).inForce)) {
      this.#fault(`a roster of ${party} is not signed by it`);
    }
    return decodeRoster(index, bytes);
  }

  #close(bytes: Buffer, signature: Buffer, roster: Buffer, by: Buffer, carried: readonly Carried[]): void {
    const closing = readClosing(bytes, roster);
    const identity = this.#identity(closing.party);
    const signed = (label: string, payload: Buffer, by: Buffer) => identity.signed(label, payload, by, carried);
    const isSigned = () => {
      return signed("parley/v1/closing", bytes, signature) && signed("parley/v1/roster", roster, by);
    };
    this.#closings.push({ closing, isSigned });
    this.#founding.set(this.#originOf(closing.party, closing.next), decodeRoster(-1, roster));
  }

  #identity(party: string): Identity {
    const key = this.#identities.get(party);
    if (key === undefined) throw new Error(`the line has no party ${party}`);
    return key;
  }

  #open(origin: string): void {
    const [prefix, line, party, generation] = origin.split("/");
    if (prefix !== "parley" || line !== this.#line || party === undefined) this.#fault(`a log ${origin}`);
    this.#tree = new Tree();
    const founding = this.#founding.get(origin);
    const before = this.#logs.findLast((log) => log.party === party)?.generation ?? -1;
    if (before >= Number(generation)) this.#fault(`log ${generation} of ${party} after its log ${before}`);
    this.#logs.push({
      origin,
      party: party ?? "",
      generation: Number(generation),
      leaves: [],
      roots: new Map(),
      receipts: [],
      messages: [],
      notices: [],
      rosters: founding === undefined ? [] : [founding],
      declared: [],
      closed: 0,
    });
  }

  #log(): FoundLog {
    const log = this.#logs.at(-1);
    if (log === undefined) throw new Error("a record before any log");
    return log;
  }

  #push(leaf: Buffer): void {
    this.#tree.push(leaf);
    this.#log().leaves.push(leaf);
  }

  #entry(core: Buffer, key: Buffer | null): void {
    const log = this.#log();
    const index = log.leaves.length;
    this.#push(leafHash(core));
    if (key === null) return void (log.closed += 1);
    const members = mapOf(decode(core), "core");
    const commit = labelled("parley/v1/entry-commitment", key);
    if (!bytesOf(members.get("commit"), "commit").equals(commit)) {
      this.#fault(`${log.party} ${index}: the key is not the committed one`);
      return;
    }
    const opened = openBox(bytesOf(members.get("box"), "box"), key, log.origin, index);
    try {
      this.#content(log, index, arrayOf(decode(opened), "content"));
    } catch (error) {
      // An author may put anything into its own log.
      this.#fault(`${log.party} ${index}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #content(log: FoundLog, index: number, content: Value[]): void {
    if (content[0] === 1) log.messages.push(foundMessage(log, index, content));
    if (content[0] === 2) this.#notice(log, index, bytesOf(content[1], "notice"));
    if (content[0] === 5) this.#declaration(log, index, bytesOf(content[1], "bytes"), bytesOf(content[2], "signature"));
    // The founding roster stands in the log too, at 1.
    if (content[0] === 3 && index > 1) {
      log.rosters.push(this.#roster(log.party, index, bytesOf(content[1], "roster"), bytesOf(content[2], "signature")));
    }
  }

  #declaration(log: FoundLog, index: number, bytes: Buffer, signature: Buffer): void {
    const found = readDeclaration(log.party, { generation: log.generation, index }, bytes);
    const wrong = this.#identity(log.party).take(found.declares, bytes, signature);
    if (wrong !== null) this.#fault(`${log.party} ${index}: ${wrong}`);
    else log.declared.push(found);
  }

  #notice(log: FoundLog, index: number, bytes: Buffer): void {
    const items = arrayOf(arrayOf(decode(bytes), "notice")[5], "items").map((item) => arrayOf(item, "item"));
    log.notices.push({ index, items });
  }

  #checkpoint(note: string, receipts: Value[]): void {
    const log = this.#log();
    const checkpoint = parseCheckpoint(note);
    const { size, root, origin } = checkpoint;
    const where = `${log.party} at ${size}`;
    if (origin !== log.origin || size !== this.#tree.size) this.#fault(`${where}: a checkpoint out of place`);
    if (!root.equals(this.#tree.root())) this.#fault(`${where}: the leaves do not give the root`);
    // A log key turns over one entry later than its roster.
    const signer = rosterBelow(log.rosters, size - 1);
    if (!logSigned(checkpoint, signer.node.log)) this.#fault(`${where}: not signed by the log key`);
    log.roots.set(size, root.toString("hex"));
    for (const each of receipts) {
      const line = textOf(each, "receipt");
      const by = [...this.#founding].find(([of, roster]) => {
        return partyOf(of) !== log.party && receiptHolds(checkpoint, line, of, roster.node.receipt);
      })?.[0];
      const party = by === undefined ? undefined : partyOf(by);
      if (party === undefined) this.#fault(`${where}: a receipt by nobody of the line`);
      else log.receipts.push({ party, size, root: root.toString("hex") });
    }
  }

  #originOf(party: string, generation: number): string {
    return `parley/${this.#line}/${party}/${generation}`;
  }
}

function partyOf(origin: string): string {
  return origin.split("/")[2] ?? "";
}

function foundMessage(log: FoundLog, index: number, content: Value[]): FoundMessage {
  const bytes = bytesOf(content[1], "message");
  const message = arrayOf(decode(bytes), "message");
  const drafted = content[2] === null ? null : bytesOf(content[2], "drafted");
  const released = bytesOf(content[3], "released");
  const from = textOf(message[4], "from");
  numberOf(message[7], "version");
  return {
    hash: labelled("parley/v1/message", bytes).toString("hex"),
    index,
    from,
    id: bytesOf(message[5], "id").toString("hex"),
    kind: textOf(message[6], "kind"),
    subject: textOf(message[8], "subject"),
    re: message[9] === null ? null : bytesOf(arrayOf(message[9], "re")[1], "re").toString("hex"),
    keys: [drafted, released].flatMap((cose) => (cose === null ? [] : (coseKey(cose)?.toString("hex") ?? []))),
    isSigned: from === log.party && officersHold(rosterBelow(log.rosters, index + 1), bytes, drafted, released),
  };
}
