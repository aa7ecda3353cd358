/**
 * What was said, in the form in which the map and the search ask for it: where, when, by whom, in what state at any
 * moment. Made when it is first asked for, kept up with what is announced, never written down.
 */
import type { Conflict, SAID_STATES } from "../../api/index.ts";
import { viewBoxes, type Volume } from "../../geo/index.ts";
import { isContentKind, type Message, volumesOf } from "../../message/index.ts";
import type { PrivateKind } from "../../store/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { PlanDesk } from "../plans/desk.ts";
import { turns } from "../turn.ts";
import { type Columns, columns } from "./columns.ts";

export type SaidState = (typeof SAID_STATES)[number];

/** A message, and what has become of it. */
export interface Said {
  readonly fact: Fact;
  readonly subject: string;
  readonly category: string | null;
  /** When the first word came that ended it, and how; null while none has. */
  ended: { readonly at: number; readonly how: "superseded" | "withdrawn" } | null;
  /** The numbers of its volumes. */
  readonly places: number[];
}

/** Whose places are on the map: a message, or something private. */
export type Owner =
  | Said
  | { readonly kind: PrivateKind; readonly id: string; readonly name: string; readonly category: string };

/** One volume of it. Where and when it is stands in the columns. */
export interface Place {
  readonly of: Owner;
  readonly index: number;
  readonly volume: Volume;
}

export interface SaidDesk {
  /** In the order in which it was stored here. */
  all(): Iterable<Said>;
  get(hash: MessageHash): Said | null;
  place(number: number): Place;
  owner(number: number): Owner;
  owners(): number;
  readonly columns: Columns;
}

export function isSaid(of: Owner): of is Said {
  return "fact" in of;
}

interface Held extends SaidDesk {
  readonly messages: Map<MessageHash, Said>;
  readonly places: Place[];
  readonly known: Owner[];
  readonly own: Map<string, number[]>;
}

export interface SaidSource {
  readonly book: Pick<Book, "facts" | "message" | "targetsOf">;
  readonly plans: Pick<PlanDesk, "onChanged" | "items" | "conflicts">;
}

interface Telling {
  readonly fact: Fact;
  readonly message: Message;
}

export interface LazySaid {
  /** Makes it where it was not made yet, a little at a time: to read all that was told takes longer than others may wait. */
  open(): Promise<SaidDesk>;
  /** Every conflict that holds now, read once until something changes. */
  conflicts(): readonly Conflict[];
  /** Messages that count from now on, in the order in which they were announced. */
  add(facts: readonly Telling[]): void;
  /** Something that counted counts no more: it is made anew when it is next asked for. */
  forget(): void;
}

export function saidDesk(source: SaidSource): LazySaid {
  let held: Held | null = null;
  let making: Promise<void> | null = null;
  /** What came while it is made, perhaps behind what was read already. */
  let late: Telling[] = [];
  /** Counts how often everything was to be made anew. */
  let forgotten = 0;
  let isPrivateOld = true;
  let conflicts: readonly Conflict[] | null = null;
  source.plans.onChanged(() => {
    isPrivateOld = true;
    conflicts = null;
  });
  const make = async (): Promise<void> => {
    const [mine, desk, others] = [forgotten, emptyDesk(), turns()];
    late = [];
    for (const fact of source.book.facts()) {
      takeUp(desk, source.book, fact, source.book.message(fact.hash));
      await others();
      if (mine !== forgotten) return;
    }
    for (const { fact, message } of late) takeUp(desk, source.book, fact, message);
    late = [];
    held = desk;
  };
  /** What was forgotten while it was made is made again. */
  const made = async (): Promise<Held> => {
    await (making ??= make().finally(() => (making = null)));
    return held ?? made();
  };
  return {
    open: async () => {
      const desk = held ?? (await made());
      if (isPrivateOld) takePrivate(desk, source.plans);
      isPrivateOld = false;
      return desk;
    },
    conflicts: () => (conflicts ??= source.plans.conflicts()),
    add: (facts) => {
      if (held !== null) for (const { fact, message } of facts) takeUp(held, source.book, fact, message);
      else if (making !== null) late.push(...facts);
    },
    forget: () => {
      held = null;
      forgotten++;
      isPrivateOld = true;
      conflicts = null;
    },
  };
}

function emptyDesk(): Held {
  const messages = new Map<MessageHash, Said>();
  const places: Place[] = [];
  const known: Owner[] = [];
  return {
    messages,
    places,
    known,
    columns: columns(),
    own: new Map(),
    all: () => messages.values(),
    get: (hash) => messages.get(hash) ?? null,
    place: (number) => places[number] as Place,
    owner: (number) => known[number] as Owner,
    owners: () => known.length,
  };
}

function takeUp(held: Held, book: SaidSource["book"], fact: Fact, message: Message): void {
  if (held.messages.has(fact.hash)) return;
  const said: Said = { fact, subject: message.subject, category: categoryOf(message), ended: null, places: [] };
  held.messages.set(fact.hash, said);
  if (isContentKind(fact.kind)) said.places.push(...placed(held, said, volumesOf(message)));
  const relation = fact.re?.relation;
  if (relation !== "supersedes" && relation !== "withdraws") return;
  const how = relation === "supersedes" ? "superseded" : "withdrawn";
  for (const hash of book.targetsOf(fact)) {
    const target = held.messages.get(hash);
    if (target === undefined || (target.ended !== null && target.ended.at <= fact.storedAt)) continue;
    target.ended = { at: fact.storedAt, how };
  }
}

/** The numbers of its places. */
function placed(held: Held, of: Owner, volumes: readonly Volume[]): number[] {
  if (volumes.length === 0) return [];
  const owner = held.known.push(of) - 1;
  return volumes.map((volume, index) => {
    held.columns.add(owner, viewBoxes(volume.footprint), volume.window);
    return held.places.push({ of, index, volume }) - 1;
  });
}

/** Plans and holdings change seldom and wholly: what is gone or was put again is marked, what is new is added. */
function takePrivate(held: Held, plans: SaidSource["plans"]): void {
  const seen = new Set<string>();
  for (const kind of ["plan", "holding"] as const) {
    for (const { id, name, category, volumes } of plans.items(kind)) {
      const key = `${kind} ${id} ${JSON.stringify([name, category, volumes])}`;
      seen.add(key);
      if (held.own.has(key)) continue;
      held.own.set(key, placed(held, { kind, id, name, category }, volumes as readonly Volume[]));
    }
  }
  for (const [key, numbers] of held.own) {
    if (seen.has(key)) continue;
    for (const number of numbers) held.columns.drop(number);
    held.own.delete(key);
  }
}

function categoryOf(message: Message): string | null {
  switch (message.kind) {
    case "site":
    case "activity":
      return message.body.category;
    case "report":
      return message.body.category;
    case "alert":
      return message.body.alert;
    case "presence":
      return message.body.claim;
    case "movement":
      return message.body.phase;
    case "stance":
    case "assessment":
    case "warning":
    case "query":
    case "call":
    case "text":
    case "answer":
    case "read":
    case "readback":
    case "withdrawal":
    case "countersignature":
      return null;
  }
}

/** What it was at a moment, by what this node knew then; null where it had not come yet. */
export function stateAt({ fact, ended }: Said, at: number): SaidState | null {
  if (fact.storedAt > at) return null;
  if (ended !== null && ended.at <= at) return ended.how;
  return fact.expires !== null && fact.expires < at ? "expired" : "in-force";
}
