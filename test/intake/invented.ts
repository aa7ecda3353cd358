/** Places and a convoy that do not exist, with all that makes files go wrong: two scripts, marks, formulas, small numbers. */
import { type ImportedRow, type Told, toldOf } from "../../src/intake/index.ts";
import { bodySchema, type Kind } from "../../src/message/index.ts";

export type Draft = NonNullable<ImportedRow["draft"]>;

export const NOW = Date.UTC(2031, 10, 24);
const at = (lat: number, lon: number) => ({ lat, lon });
const SIX = Date.UTC(2031, 10, 24, 6);
const NINE = Date.UTC(2031, 10, 24, 9, 30, 15);
const HOLE = [at(36.36, 43.16), at(36.36, 43.2), at(36.4, 43.2)];
const RING = [at(36.3402, 43.1301), at(36.3402, 43.2301), at(36.4402, 43.2301), at(36.4402, 43.1301)];
const NOTHING = { height: null, people: null, verified_by: null, verified_at: null, valid_until: null, place: null };

function draft(kind: Draft["kind"], subject: string, body: object): Draft {
  return { kind, subject, body: { ...bodySchema<Kind>(kind).parse(body) } };
}

function site(more: object): object {
  return { ...NOTHING, category: "other", valid_from: null, precision_m: null, remarks: "", ...more };
}

export const HOSPITAL = draft("site", "مستشفى السلام, Tal Afar, Ninewa", {
  ...site({ category: "hospital", source_id: "H-0001", people: 412, valid_from: SIX, valid_until: NINE }),
  footprint: { type: "point", at: at(36.340_212_5, 43.130_1) },
  height: { datum: "AGL", lower_m: 5, upper_m: 42.5 },
  names: [
    { lang: "ar", text: "مستشفى السلام" },
    { lang: "en", text: "Al-Salam Hospital" },
  ],
  verified_by: "Invented Relief",
  verified_at: SIX - 86_400_000,
  place: { country: "Iraq", governorate: "Ninewa", district: "Tal Afar", locality: "حي السلام" },
  remarks: '=HYPERLINK("http://example.org")\nroof <marked> & "lit"; ask first, then enter',
});
export const CAMP = draft("site", "مخيم الاختبار", {
  ...site({ category: "displacement-site", source_id: "00017" }),
  footprint: { type: "polygon", rings: [RING, HOLE] },
  names: [{ lang: "ar", text: "مخيم الاختبار" }],
});
export const WELL = draft("site", "Well", {
  ...site({ category: "water", source_id: "W-3" }),
  footprint: { type: "circle", centre: at(-0.000_000_1, 179.999_998_7), radius_m: 250 },
  names: [{ lang: "en", text: 'Well, "deep"' }],
});
export const RANGE = draft("activity", "Range work", {
  category: "training",
  phase: "planned",
  precision_m: 0,
  volumes: [
    {
      footprint: { type: "polygon", rings: [RING] },
      height: { datum: "AMSL", lower_m: 300, upper_m: 1200 },
      window: { start: SIX, end: NINE },
    },
  ],
  remarks: "live firing",
});
export const CONVOY = draft("movement", "Convoy", {
  phase: "planned",
  decision: "undecided",
  route: [
    { position: at(36.3402, 43.1301), at: SIX, name: "depot" },
    { position: at(36.4, 43.18), at: SIX + 3_600_000, name: null },
    { position: at(36.4402, 43.2301), at: NINE, name: "مستشفى" },
  ],
  tolerance_s: 900,
  width_m: 400,
  vehicles: [],
  people: null,
  escort: null,
  contact: [],
  precision_m: null,
  remarks: "Convoy",
});
export const DRAFTS: readonly Draft[] = [HOSPITAL, CAMP, WELL, RANGE, CONVOY];

export function told(drafts: readonly Draft[] = DRAFTS): Told[] {
  return drafts.map((each, i) => toldOf(each, `d-${i}`));
}
