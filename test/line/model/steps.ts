/**
 * What may happen next. The exchange itself is the code under test: `compose`, `accept`, `receiptsDue` and the rounds
 * after a restore; here stands only what `src/server` does with them, one durable write after the other.
 */
import {
  accept,
  compose,
  type Effect,
  type Have,
  hearAfterRestore,
  type Parcel,
  receiptsDue,
} from "../../../src/line/index.ts";
import type { PartyId } from "../../../src/wire/id.ts";
import { AT, suite } from "../world.ts";
import { type Disk, type DiskLog, type Real, readerOf, viewOf } from "./disk.ts";
import { type Last, type NodeState, started, type State, volatileOf, isSame } from "./state.ts";

/** A law that no history may break. */
export class Broken extends Error {}

export interface Step {
  readonly name: string;
  readonly next: State;
}

/** The rules of a node that the model can do without, to show that it would find what they prevent. */
export type Weakness = "no-rounds" | "no-terms" | "receipt-before-disk";

/** Parcels as text, so that equal ones are one, and what each of them does to a disk that was seen before. */
export class Steps {
  readonly #real: Real;
  readonly #weak: ReadonlySet<Weakness>;
  readonly #parcels = new Map<string, Parcel>();
  readonly #ids = new Map<string, number>();
  readonly #byText = new Map<string, number>();
  readonly #byId: Parcel[] = [];

  constructor(real: Real, weak: readonly Weakness[] = []) {
    this.#real = real;
    this.#weak = new Set(weak);
  }

  /** Every step that is possible in `state`. @throws Broken */
  from(state: State): Step[] {
    const { parties } = this.#real;
    this.#requireOneHistory(state);
    const steps = [
      ...parties.flatMap((party) => [...this.#append(state, party), ...this.#faults(state, party)]),
      ...state.net.flatMap((key) => this.#deliver(state, key)),
    ];
    return steps.map(({ name, next }) => ({ name, next: this.#sent(next, state) }));
  }

  /** A link that works: everybody hears everybody's newest word, `rounds` times over. */
  settle(state: State, rounds: number): State {
    let now = state;
    for (let i = 0; i < rounds; i++) {
      for (const from of this.#real.parties) {
        for (const to of this.#others(from)) {
          const sender = now.nodes[from] as NodeState;
          const asked = this.#taken(now.nodes[to] as NodeState, this.#parcel(sender, from, to, sender.last[to]));
          now = withNode(now, to, asked.node);
          now = withNode(now, from, this.#taken(sender, asked.reply).node);
        }
      }
    }
    this.#requireOneHistory(now);
    return now;
  }

  /**
   * Whoever holds a copy holds what its author holds, or knows that it has said; while the author was restored and asks, it
   * may be more. Where all who held an entry were restored, its author knows of it and has it no longer.
   */
  #requireOneHistory({ nodes }: State): void {
    for (const author of this.#real.parties) {
      const { disk, restore } = nodes[author] as NodeState;
      if (disk.mark || restore !== null) continue;
      const { word, notes } = disk.logs[author] as DiskLog;
      const said = [word, ...notes].reduce((longest, each) => (each.length > longest.length ? each : longest));
      for (const holder of this.#real.parties) {
        const copy = (nodes[holder] as NodeState).disk.logs[author] as DiskLog;
        const other = [copy.word, ...copy.notes].find((each) => !said.startsWith(each));
        if (other !== undefined) throw new Broken(`${author} has said "${said}", and ${holder} knows of "${other}"`);
      }
    }
  }

  #append(state: State, party: PartyId): Step[] {
    const node = state.nodes[party] as NodeState;
    const { word, notes, split } = node.disk.logs[party] as DiskLog;
    const isBehind = (notes.at(-1) ?? "").length > word.length;
    const isWaiting = !this.#weak.has("no-rounds") && node.restore !== null && node.restore.round !== "done";
    if ((state.left.append[party] ?? 0) === 0 || isBehind || isWaiting || split) return [];
    const said = state.said[party] ?? 0;
    const longer = word + String.fromCodePoint(97 + said);
    const left = { ...state.left, append: { ...state.left.append, [party]: (state.left.append[party] ?? 0) - 1 } };
    const next = withLog(state, party, party, { word: longer, notes: [...notes, longer], split });
    return [{ name: `${party} says ${longer}`, next: { ...next, said: { ...state.said, [party]: said + 1 }, left } }];
  }

  /**
   * Whatever a node could send at this moment is on its way from now on, and so is its reply to whatever could come to it
   * without changing it: a parcel that nobody delivers changes nothing, so that no order of sending is left out, and none
   * is gone through twice.
   */
  #sent(state: State, before: State): State {
    const net = new Set(state.net);
    for (const party of this.#real.parties) {
      const node = state.nodes[party] as NodeState;
      if (node === before.nodes[party]) continue;
      for (const peer of this.#others(party)) net.add(this.#parcel(node, party, peer, node.last[peer]));
    }
    for (const id of net) {
      const { to } = this.#byId[id] as Parcel;
      const { node, reply } = this.#taken(state.nodes[to] as NodeState, id);
      if (node === state.nodes[to]) net.add(reply);
    }
    return net.size === state.net.length ? state : { ...state, net: [...net].toSorted((x, y) => x - y) };
  }

  #parcel(node: NodeState, party: PartyId, peer: PartyId, last: Last | undefined): number {
    const have = last?.have.map(([log, size, term]): Have => ({ origin: this.#real.origin(log), size, term })) ?? null;
    const key = JSON.stringify([party, peer, node.disk, volatileOf(node), last ?? null]);
    if (!this.#parcels.has(key)) {
      const view = viewOf(this.#real, party, node.disk, volatileOf(node));
      const words = { ask: this.#real.ask(party, node.run), answer: last?.ask ?? null };
      const options = { to: peer, at: AT, have, logs: "all", ...words } as const;
      this.#parcels.set(key, compose(view, readerOf(this.#real, node.disk), options));
    }
    return this.#same(key);
  }

  /** Two parcels with the same content are one, whatever they were composed from. */
  #same(key: string): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const parcel = this.#parcels.get(key) as Parcel;
    const text = contentOf(this.#real, parcel);
    const id = this.#byText.get(text) ?? this.#byId.push(parcel) - 1;
    this.#byText.set(text, id);
    this.#ids.set(key, id);
    return id;
  }

  /** Taken whole, or the power fails between its two writes. */
  #deliver(state: State, id: number): Step[] {
    const { from, to } = this.#byId[id] as Parcel;
    const before = state.nodes[to] as NodeState;
    const { node, reply, stored } = this.#taken(before, id);
    const net = state.net.includes(reply) ? state.net : [...state.net, reply].toSorted((x, y) => x - y);
    const steps = [{ name: `${to} takes ${id} of ${from}`, next: { ...withNode(state, to, node), net } }];
    if (state.left.crash > 0 && stored !== before.disk) {
      const cut = started({ ...before, disk: stored }, this.#others(to), to);
      const left = { ...state.left, crash: state.left.crash - 1 };
      steps.push({ name: `${to} dies while it takes ${id} of ${from}`, next: { ...withNode(state, to, cut), left } });
    }
    return steps;
  }

  readonly #takings = new WeakMap<NodeState, Map<number, Taking>>();

  #taken(node: NodeState, id: number): Taking {
    const known = this.#takings.get(node) ?? new Map<number, Taking>();
    this.#takings.set(node, known);
    const taking = known.get(id) ?? this.#take(node, id);
    known.set(id, taking);
    return taking;
  }

  #take(node: NodeState, id: number): Taking {
    const parcel = this.#byId[id] as Parcel;
    const { from, to } = parcel;
    const held = viewOf(this.#real, to, node.disk, volatileOf(node));
    const view = this.#weak.has("no-terms") ? { ...held, terms: new Map([[from, 0]]) } : held;
    const fresh = parcel.answer === this.#real.ask(to, node.run);
    const effects = accept(suite, view, parcel, fresh ? "fresh" : "perhaps-old");
    let stored = node.disk;
    for (const effect of effects) stored = this.#write(stored, effect, to);
    const heard = effects.at(-1) as Effect & { type: "heard" };
    const disk = this.#receipts(node, this.#weak.has("receipt-before-disk") ? node.disk : stored, stored, to);
    const whole = fresh ? this.#heard({ ...node, disk }, heard, parcel) : { ...node, disk };
    const after = isSame(whole, node) ? node : whole;
    return { node: after, stored, reply: this.#parcel(after, to, from, lastOf(this.#real, parcel)) };
  }

  #others(party: string): PartyId[] {
    return this.#real.parties.filter((id) => id !== party);
  }

  #write(disk: Disk, effect: Effect, self: string): Disk {
    switch (effect.type) {
      case "store-segment": {
        const party = this.#real.partyOf(effect.origin);
        const log = disk.logs[party] as DiskLog;
        if (log.word.length !== effect.from) throw new Broken(`${self} stores entries out of their place`);
        const word = log.word + effect.entries.map((entry) => this.#real.letterOf(party, entry)).join("");
        return setLog(disk, party, { ...log, word, notes: noted(log.notes, word, "held") });
      }
      case "store-head": {
        const party = this.#real.partyOf(effect.origin);
        const log = disk.logs[party] as DiskLog;
        return setLog(disk, party, { ...log, notes: noted(log.notes, this.#real.wordOf(effect.checkpoint), "heard") });
      }
      case "store-receipt":
        return withReceipt(disk, [
          effect.party,
          this.#real.partyOf(effect.origin),
          this.#real.wordOf(effect.checkpoint),
        ]);
      case "store-term":
        return {
          ...disk,
          terms: { ...disk.terms, [effect.party]: Math.max(disk.terms[effect.party] ?? 0, effect.term) },
        };
      case "split-record":
        throw new Broken(`${self} holds a split record against ${effect.party}, who is honest`);
      case "behind-own-log":
      case "unverified":
      case "heard":
        return disk;
    }
  }

  #receipts(node: NodeState, held: Disk, disk: Disk, self: PartyId): Disk {
    const view = viewOf(this.#real, self, disk, volatileOf(node));
    let signed = disk;
    for (const { origin, checkpoint } of receiptsDue(suite, view)) {
      const party = this.#real.partyOf(origin);
      const word = this.#real.wordOf(checkpoint);
      if (!(held.logs[party] as DiskLog).word.startsWith(word)) {
        throw new Broken(`${self} signs a receipt for "${word}" of ${party}, which is not on its disk`);
      }
      signed = withReceipt(signed, [self, party, word]);
    }
    return signed;
  }

  /** A fresh parcel was taken. */
  #heard(node: NodeState, { have, settled }: Effect & { type: "heard" }, parcel: Parcel): NodeState {
    const { from, to: self } = parcel;
    const heard = { ...node, last: { ...node.last, [from]: lastOf(this.#real, parcel) } };
    const known = { ...heard, forgotten: node.forgotten.filter((party) => party !== from) };
    if (known.restore === null) return known;
    const own = this.#real.origin(self);
    const term = have.find(({ origin }) => origin === own)?.term ?? null;
    const restore = hearAfterRestore(known.restore, { party: from, term, settled });
    if (restore.round === known.restore.round) return { ...known, restore };
    const terms = { ...known.disk.terms, [self]: restore.term };
    const disk = { ...known.disk, terms, mark: restore.round !== "done" };
    return { ...known, disk, restore: restore.round === "done" ? null : restore, run: known.run + 1 };
  }

  #faults(state: State, party: PartyId): Step[] {
    const node = state.nodes[party] as NodeState;
    const steps: Step[] = [];
    if (state.left.crash > 0) {
      const left = { ...state.left, crash: state.left.crash - 1 };
      const next = { ...withNode(state, party, started(node, this.#others(party), party)), left };
      steps.push({ name: `${party} dies and starts`, next });
    }
    const restores = state.left.restore[party] ?? 0;
    if (restores > 0 && node.backup === null) {
      steps.push({ name: `${party} is backed up`, next: withNode(state, party, { ...node, backup: node.disk }) });
    }
    if (restores > 0 && node.backup !== null && node.backup !== node.disk) {
      const disk = { ...node.backup, mark: true };
      const next = withNode(state, party, started({ ...node, disk, backup: null }, this.#others(party), party));
      const left = { ...state.left, restore: { ...state.left.restore, [party]: restores - 1 } };
      steps.push({ name: `${party} is restored`, next: { ...next, left } });
    }
    return steps;
  }
}

/** What came of taking a parcel. */
interface Taking {
  /** The very same where nothing changed. */
  readonly node: NodeState;
  /** The disk after the first write, before receipts are signed. */
  readonly stored: Disk;
  readonly reply: number;
}

function contentOf(real: Real, parcel: Parcel): string {
  const word = ({ origin, entries }: Parcel["segments"][number]): string =>
    entries.map((entry) => real.letterOf(real.partyOf(origin), entry)).join("");
  return JSON.stringify([
    parcel.from,
    parcel.to,
    parcel.ask,
    parcel.answer,
    parcel.term,
    parcel.settled,
    parcel.have.map(({ origin, size, term }) => [real.partyOf(origin), size, term]),
    parcel.segments.map((segment) => [real.partyOf(segment.origin), segment.from, word(segment)]),
    parcel.heads.map((note) => [note.slice(0, 100), real.wordOf(note)]),
    parcel.receipts.map(({ line }) => line),
  ]);
}

function lastOf(real: Real, { have, ask }: Parcel): Last {
  const told = have.map(({ origin, size, term }) => [real.partyOf(origin), size, term] as const);
  return { have: told, ask: ask ?? "" };
}

function withNode(state: State, party: string, node: NodeState): State {
  return { ...state, nodes: { ...state.nodes, [party]: node } };
}

function withLog(state: State, party: string, of: string, log: DiskLog): State {
  const node = state.nodes[party] as NodeState;
  return withNode(state, party, { ...node, disk: setLog(node.disk, of, log) });
}

function setLog(disk: Disk, party: string, log: DiskLog): Disk {
  return { ...disk, logs: { ...disk.logs, [party]: log } };
}

/** One note a size: what is held takes the place of what was only heard of. */
function noted(notes: readonly string[], word: string, as: "held" | "heard"): string[] {
  const other = notes.find((note) => note.length === word.length);
  if (other !== undefined && as === "heard") return [...notes];
  return [...notes.filter((note) => note !== other), word].toSorted((a, b) => a.length - b.length);
}

function withReceipt(disk: Disk, [holder, party, word]: readonly [string, string, string]): Disk {
  const others = disk.receipts.filter((key) => !key.startsWith(`${holder} ${party} `));
  const before = disk.receipts.find((key) => key.startsWith(`${holder} ${party} `))?.split(" ")[2] ?? "";
  if (before.length >= word.length) return disk;
  return { ...disk, receipts: [...others, `${holder} ${party} ${word}`].toSorted() };
}
