/** Plans, holdings and what was told, as the engine knows them. */
import type { Conflict } from "../../api/index.ts";
import type { Entry, Subject } from "../../deconflict/index.ts";
import type { AnyVolume } from "../../geo/index.ts";
import { claimsPlaces, type Message, volumesOf } from "../../message/index.ts";
import type { PrivateItem, PrivateKind } from "../../store/index.ts";
import type { MessageHash, PlanId } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { PlanDesk } from "./desk.ts";

export function ownId(kind: PrivateKind, id: PlanId): string {
  return `${kind}:${id}`;
}

/** The kind and the id of one of ours; null of what was told. */
export function ownOf(key: string): { readonly type: PrivateKind; readonly id: PlanId } | null {
  const [type] = key.split(":");
  return type === "plan" || type === "holding" ? { type, id: key.slice(type.length + 1) as PlanId } : null;
}

export function entryOfItem(kind: PrivateKind, { id, name, category, volumes }: PrivateItem): Entry {
  const sort = kind === "holding" ? { category, kind } : { category };
  return { role: kind, subject: { id: ownId(kind, id), name, ...sort, volumes } };
}

/** What a message says, as the rules know it. */
export function sortOf(message: Message): Pick<Subject, "category" | "kind"> {
  const { kind } = message;
  return { kind, category: kind === "site" || kind === "activity" ? message.body.category : kind };
}

/** What may be asked before anything is kept: a draft. */
export interface Asking {
  readonly name: string;
  readonly category: string | null;
  readonly kind?: string | null;
  readonly volumes: readonly AnyVolume[];
}

interface Told {
  readonly state: LineState;
  readonly book: Book;
}

/** What this side itself told of its own doings is its plan, not a danger to it; what it told must not be hit is. */
function isChecked({ state }: Told, { from, kind }: Fact): boolean {
  return from !== state.self || kind === "site" || kind === "movement";
}

/** A message that counts, where plans are to be checked against it and it is in force. */
export function entryOfMessage(told: Told, fact: Fact, message: Message): Entry | null {
  if (!isChecked(told, fact)) return null;
  const volumes = volumesOf(message);
  if (volumes.length === 0 || told.book.endedBy(fact.hash) !== null) return null;
  return { role: "told", subject: { id: fact.hash, name: message.subject, ...sortOf(message), volumes } };
}

/** What a message takes out of force: one, or a whole list. */
export function endedBy({ book }: Told, fact: Fact): readonly MessageHash[] {
  const ends = fact.re?.relation === "supersedes" || fact.re?.relation === "withdraws";
  return ends ? book.targetsOf(fact) : [];
}

/** Everything that was told and is in force; null for each message that plans are not checked against. */
export function* entriesTold(told: Told): Generator<Entry | null> {
  for (const fact of told.book.content()) {
    yield claimsPlaces(fact.kind) ? entryOfMessage(told, fact, told.book.message(fact.hash)) : null;
  }
}

/** What a message that is not released yet would come too near to; what it replaces is no danger to it. */
export function dangersTo(
  { check }: Pick<PlanDesk, "check">,
  own: Conflict["own"],
  message: Message,
): readonly Conflict[] {
  const { re } = message;
  const ends = re?.relation === "supersedes" ? [re.message] : [];
  return check(own, { ...sortOf(message), volumes: volumesOf(message) }, ends);
}
