/**
 * A file beside the list that was told: what is added, what has changed, what is no longer there. Members are found again
 * by their number in the author's own list; by name and district only where they have none.
 */
import { type Kind, parseBody } from "../message/index.ts";
import { sortedJson } from "../wire/json.ts";
import type { Finding } from "./codes.ts";
import { keysOf, type Move, movesBeside } from "./find/since.ts";
import { type ListedPlace, placeOfBody } from "./find/place.ts";
import { metresApart } from "./find/sphere.ts";
import type { ImportedRow } from "./importer.ts";

/** A member of the list that is in force. */
export interface ToldMember {
  readonly hash: string;
  readonly kind: Kind;
  readonly subject: string;
  readonly body: object;
}

type DraftedRow = ImportedRow & { readonly draft: NonNullable<ImportedRow["draft"]> };

export interface ChangedMember {
  readonly row: DraftedRow;
  readonly member: ToldMember;
  /** How far its middle moved, metres; null where one of the two lies nowhere. */
  readonly moved_m: number | null;
}

export interface ListDifference {
  readonly added: readonly DraftedRow[];
  readonly changed: readonly ChangedMember[];
  readonly removed: readonly ToldMember[];
  /** Members that the file has as they were told. */
  readonly same: number;
  /** Of the whole list: that much of it moved, or is gone. */
  readonly findings: readonly Finding[];
  /** Rows that could not be read: any of the removed may stand in one of them. */
  readonly refused: number;
}

interface Pair {
  readonly row: DraftedRow;
  readonly member: ToldMember;
  readonly now: ListedPlace | null;
  readonly before: ListedPlace | null;
}

/** `rows` as they were read; a row that was refused is in no part of the difference but is counted. */
export function listDifference(members: readonly ToldMember[], rows: readonly ImportedRow[]): ListDifference {
  const drafted = rows.filter((row): row is DraftedRow => row.draft !== null);
  const places = new Map(members.map((member, i) => [member, placeOfBody(i, member.subject, { ...member.body })]));
  const waiting = byKey(members, places);
  const found = new Set<ToldMember>();
  const added: DraftedRow[] = [];
  const pairs: Pair[] = [];
  for (const row of drafted) {
    const now = placeOfBody(row.row, row.draft.subject, row.draft.body);
    const member = keysIn(row.draft.subject, now)
      .flatMap((key) => waiting.get(key) ?? [])
      .find((each) => !found.has(each));
    if (member === undefined) added.push(row);
    else {
      found.add(member);
      pairs.push({ row, member, now, before: places.get(member) ?? null });
    }
  }
  const known = pairs.flatMap(({ now, before }): Move[] =>
    now === null || before === null ? [] : [{ place: now, before, metres: metresApart(now.at, before.at) }],
  );
  const told = new Set([...places.values()].filter((place) => place !== null));
  const { rows: moves, whole } = movesBeside(known, told);
  const changed = pairs.filter(({ row, member }) => !isSame(row, member)).map((pair) => changedOf(pair, moves));
  return {
    added,
    changed,
    removed: members.filter((member) => !found.has(member)),
    same: pairs.length - changed.length,
    findings: whole,
    refused: rows.length - drafted.length,
  };
}

function changedOf({ row, member, now, before }: Pair, moves: ReadonlyMap<number, readonly Finding[]>): ChangedMember {
  const moved_m = now === null || before === null ? null : Math.round(metresApart(now.at, before.at));
  return { row: { ...row, findings: [...row.findings, ...(moves.get(row.row) ?? [])] }, member, moved_m };
}

function byKey(
  members: readonly ToldMember[],
  places: ReadonlyMap<ToldMember, ListedPlace | null>,
): Map<string, ToldMember[]> {
  const found = new Map<string, ToldMember[]>();
  for (const member of members) {
    for (const key of keysIn(member.subject, places.get(member) ?? null)) {
      found.set(key, [...(found.get(key) ?? []), member]);
    }
  }
  return found;
}

const keysIn = (subject: string, place: ListedPlace | null): readonly string[] =>
  place === null ? [JSON.stringify(["subject", subject])] : keysOf(place);

/** The same kind, subject and body, whatever was left out of either. */
function isSame({ draft }: DraftedRow, member: ToldMember): boolean {
  if (draft.kind !== member.kind || draft.subject !== member.subject) return false;
  return sortedJson(parseBody(draft.kind, draft.body)) === sortedJson(parseBody(member.kind, member.body));
}
