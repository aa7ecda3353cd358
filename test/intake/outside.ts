/** What the files of `outside/` were made from, and how what was read of one is held against it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportResult } from "../../src/intake/index.ts";
import type { Lost, SeedName } from "../../tools/formats/theirs.ts";

export const OUTSIDE = join(import.meta.dirname, "outside");
export const SEEDS = join(OUTSIDE, "seed");

/** Degrees: the seventh decimal is the last that programs write; some write six. */
const NEAR = { places: 6e-7, areas: 1e-7, track: 1e-7 } as const;

interface Truth {
  readonly names: readonly string[];
  readonly numbers: readonly number[];
  readonly fields: Readonly<Partial<Record<Lost, string | number>>>;
  readonly times: readonly number[];
}

function featuresOf(seed: "places" | "areas"): Truth[] {
  const { features } = JSON.parse(readFileSync(join(SEEDS, `${seed}.geojson`), "utf8")) as {
    features: { properties: Record<string, string | number>; geometry: { type: string; coordinates: unknown } }[];
  };
  return features.map(({ properties: { name = "", name_ar, id, people, date, remarks }, geometry }) => ({
    names: [String(name)],
    numbers: flat(geometry.type === "Polygon" ? opened(geometry.coordinates) : geometry.coordinates),
    fields: {
      ...(name_ar !== undefined && { name_ar }),
      ...(id !== undefined && { id }),
      ...(people !== undefined && { people }),
      ...(date !== undefined && { date: Date.parse(String(date)) }),
      ...(remarks !== undefined && { remarks }),
    },
    times: [],
  }));
}

const TRACK: readonly Truth[] = [
  {
    names: ["قافلة الشمال"],
    numbers: [43.1301, 36.3402, 43.18, 36.4, 43.2301, 36.4402],
    fields: {},
    times: ["06:00:00", "06:40:00", "07:15:30"].map((clock) => Date.parse(`2031-11-24T${clock}Z`)),
  },
];

/** Every difference between what was read and what the file was made from, in words; none where nothing was lost. */
export function differences(seed: SeedName, without: readonly Lost[], { rows }: ImportResult): string[] {
  const truths = seed === "track" ? TRACK : featuresOf(seed);
  if (rows.length !== truths.length) return [`${rows.length} records, not ${truths.length}`];
  return truths.flatMap((truth, i) => {
    const { draft = null, findings = [] } = rows[i] ?? {};
    if (draft === null) return [`record ${i + 1} refused: ${findings.map(({ code }) => code).join(" ")}`];
    return oneDifference(truth, draft.body, without, NEAR[seed]).map((what) => `record ${i + 1}: ${what}`);
  });
}

function oneDifference(
  { names, numbers, fields, times }: Truth,
  body: Readonly<Record<string, unknown>>,
  without: readonly Lost[],
  near: number,
): string[] {
  const told = JSON.stringify(body);
  const missing = names.filter((name) => !told.includes(JSON.stringify(name).slice(1, -1)));
  const found = numbersOf(body);
  const isNear =
    found.length === numbers.length && found.every((each, i) => Math.abs(each - (numbers[i] ?? 0)) <= near);
  const read: Readonly<Record<Lost, unknown>> = {
    id: body["source_id"],
    name_ar: (body["names"] as readonly { lang: string; text: string }[] | undefined)?.find(({ lang }) => lang === "ar")
      ?.text,
    people: body["people"],
    date: body["valid_from"],
    remarks: body["remarks"],
  };
  const changed = (Object.keys(fields) as Lost[]).filter(
    (field) => !without.includes(field) && read[field] !== fields[field],
  );
  const route = (body["route"] ?? []) as readonly { at: number | null }[];
  const isTimed = times.length === 0 || route.map(({ at }) => at).join() === times.join();
  return [
    ...missing.map((name) => `the name "${name}" is gone`),
    ...(isNear ? [] : [`${found.join(" ")} is not ${numbers.join(" ")}`]),
    ...changed.map((field) => `${field} is ${JSON.stringify(read[field])} and not ${JSON.stringify(fields[field])}`),
    ...(isTimed ? [] : ["the times of the track differ"]),
  ];
}

interface Shape {
  readonly at?: { readonly lat: number; readonly lon: number };
  readonly rings?: readonly (readonly { readonly lat: number; readonly lon: number }[])[];
}

function numbersOf(body: Readonly<Record<string, unknown>>): number[] {
  const shape = (body["footprint"] ?? {}) as Shape;
  const route = (body["route"] ?? []) as readonly { position: { lat: number; lon: number } }[];
  const line = [
    ...(shape.at === undefined ? [] : [shape.at]),
    ...(shape.rings ?? []).flat(),
    ...route.map((r) => r.position),
  ];
  return line.flatMap(({ lat, lon }) => [lon, lat]);
}

function flat(value: unknown): number[] {
  return Array.isArray(value) ? value.flatMap(flat) : [Number(value)];
}

/** Rings without the position that they repeat. */
function opened(rings: unknown): unknown {
  return (rings as readonly (readonly unknown[])[]).map((ring) => ring.slice(0, -1));
}
