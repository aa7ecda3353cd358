/** What the others on a line would newly learn from a draft, field by field, before anybody releases it. */
import type { PartyId } from "../wire/id.ts";
import { bodyLines, type BodyOf, type ContentKind, type FieldLine, type Message } from "../message/index.ts";

/** One entry of a party's register of what has been said in public. */
export interface PublicStatement {
  readonly id: string;
  readonly party: PartyId;
  /** Milliseconds since the epoch. */
  readonly said_at: number;
  /** Where it was said: a speech, a web page, a briefing. */
  readonly where: string;
  readonly subject: string;
  /** Those fields of a message of this kind that were made public. */
  readonly said: { readonly [K in ContentKind]: { readonly kind: K; readonly body: Partial<BodyOf<K>> } }[ContentKind];
}

export interface Learned extends FieldLine {
  /** Not said before; told on this line, by whomever; or said in public. */
  readonly state: "new" | "told" | "public";
  /** Hash or id of where it was said before; null where it is new. */
  readonly where: string | null;
}

/** A message that stands in one of the line's logs already. */
export interface Told {
  readonly hash: string;
  readonly message: Message;
}

/** Fields that say where something is: known from whatever was said of that place. */
const PLACES: readonly string[] = ["footprint", "volumes", "route"];

interface Source {
  readonly where: string;
  readonly state: "told" | "public";
  readonly related: boolean;
  readonly lines: readonly FieldLine[];
}

/**
 * Compares each line of the draft's body with what every party of the line has seen already: the same field of a message
 * about the same thing, or the same place in any message; and with the register of public statements.
 */
export function whatTheyWouldLearn(
  told: readonly Told[],
  statements: readonly PublicStatement[],
  draft: Message,
): readonly Learned[] {
  const sources: Source[] = [
    ...statements.map((s) => publicSource(s, draft)),
    ...told.map((t) => toldSource(t, draft)),
  ];
  return bodyLines(draft.kind, draft.body).map((line): Learned => {
    const source = sources.find(
      ({ related, lines }) =>
        (related || PLACES.includes(line.field)) && lines.some((other) => saysTheSame(other, line)),
    );
    return { ...line, state: source?.state ?? "new", where: source?.where ?? null };
  });
}

function saysTheSame(a: FieldLine, b: FieldLine): boolean {
  return a.field === b.field && a.value === b.value;
}

function publicSource({ id, said, subject }: PublicStatement, draft: Message): Source {
  const related = said.kind === draft.kind && isSame(topicOf(said.kind, said.body, subject), topicOfMessage(draft));
  return { where: id, state: "public", related, lines: bodyLines(said.kind, said.body) };
}

function toldSource({ hash, message }: Told, draft: Message): Source {
  const replaced = draft.re?.message === hash;
  const same = message.kind === draft.kind && isSame(topicOfMessage(message), topicOfMessage(draft));
  return { where: hash, state: "told", related: replaced || same, lines: bodyLines(message.kind, message.body) };
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function topicOfMessage({ kind, body, subject }: Message): string {
  return topicOf(kind, body, subject);
}

/** By what two messages of a kind are about the same thing: their own number, topic or district, else the subject. */
function topicOf(kind: Message["kind"], body: object, subject: string): string {
  const field = { site: "source_id", stance: "topic", assessment: "district" }[kind as "site"];
  const value: unknown = field === undefined ? null : (body as Readonly<Record<string, unknown>>)[field];
  return typeof value === "string" ? `${field}:${value}` : `subject:${subject}`;
}

export interface Contradiction {
  readonly statement: PublicStatement;
  /** Where it was said in public to stand, and where the draft says so. */
  readonly in_public: BodyOf<"stance">["stands"];
  readonly here: BodyOf<"stance">["stands"];
}

/** Where a stance says otherwise than its author's newest public statement on its topic; null where it does not. */
export function stanceContradiction(statements: readonly PublicStatement[], draft: Message): Contradiction | null {
  if (draft.kind !== "stance") return null;
  const { topic, stands: here } = draft.body;
  const newest = statements
    .filter(({ party, said }) => party === draft.from && said.kind === "stance" && isSame(said.body.topic ?? "", topic))
    .toSorted((a, b) => b.said_at - a.said_at)[0];
  if (newest?.said.kind !== "stance" || newest.said.body.stands === undefined) return null;
  const in_public = newest.said.body.stands;
  return in_public === here ? null : { statement: newest, in_public, here };
}
