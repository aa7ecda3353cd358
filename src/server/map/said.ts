/**
 * What was said, in the form in which the map and the search ask for it: where, when, by whom, in what state at any
 * moment. Made when it is first asked for, kept up with what is announced, never written down.
 */
import type { Conflict, SAID_STATES } from "../../api/index.ts";
import { type GeoBox, type Position, viewBoxes, type Volume } from "../../geo/index.ts";
import { isContentKind, type Message, volumesOf } from "../../message/index.ts";
import type { PrivateKind } from "../../store/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { PlanDesk } from "../plans/desk.ts";
import { type BoxIndex, boxIndex } from "./boxes.ts";

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

/** One volume, of a message or of something private. */
export interface Place {
  readonly of:
    | Said
    | { readonly kind: PrivateKind; readonly id: string; readonly name: string; readonly category: string };
  readonly index: number;
  readonly volume: Volume;
  readonly boxes: readonly GeoBox[];
  /** False once what it belongs to was taken away or replaced. */
  live: boolean;
}

export interface SaidDesk {
  /** In the order in which it was stored here. */
  all(): Iterable<Said>;
  get(hash: MessageHash): Said | null;
  place(number: number): Place;
  readonly boxes: BoxIndex;
}

export function isSaid(of: Place["of"]): of is Said {
  return "fact" in of;
}

interface Held extends SaidDesk {
  readonly messages: Map<MessageHash, Said>;
  readonly places: Place[];
  readonly own: Map<string, number[]>;
}

export interface SaidSource {
  readonly book: Book;
  readonly plans: PlanDesk;
}

export interface LazySaid {
  /** Makes it where it was not made yet. */
  open(): SaidDesk;
  /** Every conflict that holds now, read once until something changes. */
  conflicts(): readonly Conflict[];
  /** Messages that count from now on, in the order in which they were announced. */
  add(facts: readonly { readonly fact: Fact; readonly message: Message }[]): void;
  /** Something that counted counts no more: it is made anew when it is next asked for. */
  forget(): void;
}

export function saidDesk(source: SaidSource): LazySaid {
  let held: Held | null = null;
  let isPrivateOld = true;
  let conflicts: readonly Conflict[] | null = null;
  source.plans.onChanged(() => {
    isPrivateOld = true;
    conflicts = null;
  });
  return {
    open: () => {
      held ??= build(source);
      if (isPrivateOld) takePrivate(held, source.plans);
      isPrivateOld = false;
      return held;
    },
    conflicts: () => (conflicts ??= source.plans.conflicts()),
    add: (facts) => {
      if (held === null) return;
      for (const { fact, message } of facts) takeUp(held, source.book, fact, message);
    },
    forget: () => {
      held = null;
      isPrivateOld = true;
      conflicts = null;
    },
  };
}

function build({ book }: SaidSource): Held {
  const boxes = boxIndex();
  const messages = new Map<MessageHash, Said>();
  const places: Place[] = [];
  const held: Held = {
    messages,
    places,
    boxes,
    own: new Map(),
    all: () => messages.values(),
    get: (hash) => messages.get(hash) ?? null,
    place: (number) => places[number] as Place,
  };
  for (const fact of book.facts()) takeUp(held, book, fact, book.message(fact.hash));
  return held;
}

function takeUp(held: Held, book: Book, fact: Fact, message: Message): void {
  if (held.messages.has(fact.hash)) return;
  const said: Said = { fact, subject: message.subject, category: categoryOf(message), ended: null, places: [] };
  held.messages.set(fact.hash, said);
  if (isContentKind(fact.kind)) {
    volumesOf(message).forEach((volume, index) => said.places.push(placed(held, said, volume, index)));
  }
  const relation = fact.re?.relation;
  if (relation !== "supersedes" && relation !== "withdraws") return;
  const how = relation === "supersedes" ? "superseded" : "withdrawn";
  for (const hash of book.targetsOf(fact)) {
    const target = held.messages.get(hash);
    if (target === undefined || (target.ended !== null && target.ended.at <= fact.storedAt)) continue;
    target.ended = { at: fact.storedAt, how };
  }
}

function placed(held: Held, of: Place["of"], volume: Volume, index: number): number {
  const boxes = viewBoxes(volume.footprint);
  const number = held.places.push({ of, index, volume, boxes, live: true }) - 1;
  for (const box of boxes) held.boxes.add(number, box);
  return number;
}

/** Plans and holdings change seldom and wholly: what is gone or was put again is marked, what is new is added. */
function takePrivate(held: Held, plans: PlanDesk): void {
  const seen = new Set<string>();
  for (const kind of ["plan", "holding"] as const) {
    for (const { id, name, category, volumes } of plans.items(kind)) {
      const key = `${kind} ${id} ${JSON.stringify([name, category, volumes])}`;
      seen.add(key);
      if (held.own.has(key)) continue;
      const of = { kind, id, name, category };
      const numbers = volumes.map((volume, index) => placed(held, of, volume as Volume, index));
      held.own.set(key, numbers);
    }
  }
  for (const [key, numbers] of held.own) {
    if (seen.has(key)) continue;
    for (const number of numbers) (held.places[number] as Place).live = false;
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

/** Where in the view its dot or its number stands: the middle of that part of its box which the view shows. */
export function anchorIn(boxes: readonly GeoBox[], parts: readonly GeoBox[]): Position {
  for (const part of parts) {
    for (const box of boxes) {
      if (box.west > part.east || box.east < part.west || box.south > part.north || box.north < part.south) continue;
      return {
        lat: (Math.max(box.south, part.south) + Math.min(box.north, part.north)) / 2,
        lon: (Math.max(box.west, part.west) + Math.min(box.east, part.east)) / 2,
      };
    }
  }
  const [part] = parts as [GeoBox];
  return { lat: part.south, lon: part.west };
}
