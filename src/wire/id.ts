/** Identifiers, each a branded string with one strict parser. */
import { wireError } from "./errors.ts";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Hash of the founding charter: 64 lower-case hexadecimal digits. */
export type LineId = Branded<"LineId">;
/** Hash of a message's signed bytes: 64 lower-case hexadecimal digits. */
export type MessageHash = Branded<"MessageHash">;
/** A message's random 128-bit id: 32 lower-case hexadecimal digits. */
export type MessageId = Branded<"MessageId">;
/** A list's random 128-bit id. */
export type ListId = Branded<"ListId">;
/** A side's short name on its lines, such as `northern`: 2 to 32 of a-z, 0-9 and -, beginning with a letter. */
export type PartyId = Branded<"PartyId">;
/** An officer's key by its role name on the line, such as `watch-1`. */
export type OfficerId = Branded<"OfficerId">;
/** The person behind officers' keys, such as `person-3`: two keys of one person never count as two officers. */
export type PersonId = Branded<"PersonId">;
/** A formation or team below a party. */
export type UnitId = Branded<"UnitId">;
/** Origin of a log (C2SP tlog-checkpoint): `parley/<line id>/<party>/<generation>`. */
export type LogOrigin = Branded<"LogOrigin">;
/** A draft on its own node: 32 lower-case hexadecimal digits. */
export type DraftId = Branded<"DraftId">;
/** A private plan or holding on its own node: the planner's own words, 1 to 64 printable characters. */
export type PlanId = Branded<"PlanId">;
/** A watch handed over, by the hash of its signed bytes. */
export type HandoverId = Branded<"HandoverId">;
/** A public statement in its own node's register. */
export type StatementId = Branded<"StatementId">;

function parser<Id extends string>(what: string, form: RegExp) {
  return (text: string): Id => {
    if (!form.test(text)) {
      throw wireError("id-malformed", `${JSON.stringify(text.slice(0, 80))} is not ${what}.`);
    }
    return text as Id;
  };
}

const SLUG = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,31}$/;
const HASH = /^[0-9a-f]{64}$/;
const ID128 = /^[0-9a-f]{32}$/;

export const parseLineId = parser<LineId>("a line's id", HASH);
export const parseMessageHash = parser<MessageHash>("a message's hash", HASH);
export const parseMessageId = parser<MessageId>("a message's id", ID128);
export const parseListId = parser<ListId>("a list's id", ID128);
export const parseDraftId = parser<DraftId>("a draft's id", ID128);
export const parseHandoverId = parser<HandoverId>("a handover's id", HASH);
export const parseStatementId = parser<StatementId>("a public statement's id", ID128);
export const parsePartyId = parser<PartyId>("a party's short name", SLUG);
export const parseOfficerId = parser<OfficerId>("an officer's name on the line", SLUG);
export const parsePersonId = parser<PersonId>("a person's short name", SLUG);
export const parseUnitId = parser<UnitId>("a unit's short name", SLUG);
export const parsePlanId = parser<PlanId>("a plan's name", /^[^\p{C}\p{Z}](?:[^\p{C}]{0,62}[^\p{C}\p{Z}])?$/u);

/** The origin of `party`'s log on `line`, in its `generation` (0 first). */
export function logOrigin(line: LineId, party: PartyId, generation: number): LogOrigin {
  return `parley/${line}/${party}/${generation}` as LogOrigin;
}

interface OriginParts {
  readonly origin: LogOrigin;
  readonly line: LineId;
  readonly party: PartyId;
  readonly generation: number;
}

/** A node meets the same few with every entry. */
const origins = new Map<string, OriginParts>();
const MOST_ORIGINS = 256;

/** Takes an origin apart again; refuses any other text. */
export function parseLogOrigin(text: string): OriginParts {
  const known = origins.get(text);
  if (known !== undefined) return known;
  const parts = originParts(text);
  if (origins.size < MOST_ORIGINS) origins.set(text, parts);
  return parts;
}

function originParts(text: string): OriginParts {
  const match = /^parley\/([0-9a-f]{64})\/([a-z][a-z0-9-]{1,31})\/(0|[1-9][0-9]{0,5})$/.exec(text);
  if (match === null) throw wireError("id-malformed", `${JSON.stringify(text.slice(0, 120))} is not a log's origin.`);
  const party = parsePartyId(match[2] as string);
  return { origin: text as LogOrigin, line: match[1] as LineId, party, generation: Number(match[3]) };
}
