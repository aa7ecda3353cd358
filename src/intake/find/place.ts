/** A row of a list, as the checks of the whole list see it. */
import type { Position } from "../../geo/index.ts";
import { type Name, namesOf } from "../draft.ts";
import { middleOf } from "../geometry.ts";
import { type IntakeRecord, valueOf } from "../record.ts";
import { toldOf } from "../write/index.ts";

export interface ListedPlace {
  readonly row: number;
  /** The middle of its footprint. */
  readonly at: Position;
  /** "" where the row does not say it, as in the three that follow. */
  readonly country: string;
  readonly governorate: string;
  readonly district: string;
  readonly locality: string;
  readonly names: readonly Name[];
  readonly sourceId: string | null;
}

/** The place's name for a sentence: its first, or its number where it has none. */
export function calledOf({ names, sourceId }: ListedPlace): string {
  return (names[0]?.text ?? sourceId ?? "").slice(0, 60);
}

/** What was told or drafted, as the same checks see it; null where it lies nowhere. */
export function placeOfBody(row: number, subject: string, body: Readonly<Record<string, unknown>>): ListedPlace | null {
  const [volume] = toldOf({ kind: "", subject, body }, "").volumes;
  if (volume === undefined) return null;
  const { country, governorate, district, locality } = (body["place"] ?? {}) as Readonly<Record<string, string | null>>;
  const names = (body["names"] ?? []) as readonly Name[];
  const number = body["source_id"];
  return {
    row,
    at: middleOf(volume.footprint),
    country: country ?? "",
    governorate: governorate ?? "",
    district: district ?? "",
    locality: locality ?? "",
    names: names.length > 0 ? names : [{ lang: "und", text: subject }],
    sourceId: typeof number === "string" ? number : null,
  };
}

/** The records that lie somewhere. */
export function placesOf(records: readonly IntakeRecord[]): ListedPlace[] {
  return records.flatMap((record) => {
    const [volume] = record.volumes;
    if (volume === undefined) return [];
    return [
      {
        row: record.row,
        at: middleOf(volume.footprint),
        country: valueOf(record, "country"),
        governorate: valueOf(record, "governorate"),
        district: valueOf(record, "district"),
        locality: valueOf(record, "locality"),
        names: namesOf(record, "en"),
        sourceId: valueOf(record, "source_id") || null,
      },
    ];
  });
}
