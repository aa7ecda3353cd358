/** A draft or a message into what is written of it. */
import type { Volume } from "../../geo/index.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { RecordFix } from "../record.ts";
import { timeOf, type Told } from "./told.ts";

interface Drafted {
  readonly kind: string;
  readonly subject: string;
  readonly body: JsonObject;
}

/** What is known of it beside its body. */
export interface ToldMarks {
  /** Left out: its own number, or else the id that is given. */
  readonly uid?: string;
  readonly exercise?: boolean;
  readonly gone?: boolean;
  /** Columns before those of its body, such as who told it. */
  readonly fields?: Told["fields"];
  /** A sentence that has to stand with it wherever it is shown. */
  readonly notice?: string;
}

/** A draft or message with a place, as it is written; `id` where its body has no number of its own. */
export function toldOf({ kind, subject, body }: Drafted, id: string, marks: ToldMarks = {}): Told {
  const number = body["source_id"];
  const precision = body["precision_m"];
  const words = {
    id: typeof number === "string" ? number : id,
    uid: marks.uid ?? (typeof number === "string" ? number : id),
    kind,
    name: namesOf(body)[0]?.text ?? subject,
    remarks: [wordsOf(body), marks.notice ?? ""].filter((part) => part !== "").join("\n"),
    exercise: marks.exercise ?? false,
    gone: marks.gone ?? false,
    precision_m: typeof precision === "number" && precision > 0 ? precision : null,
    fields: [...(marks.fields ?? []), ...fieldsOf(body)],
  };
  if (kind === "movement") return { ...words, ...movementOf(body) };
  if (body["footprint"] === undefined)
    return { ...words, volumes: (body["volumes"] ?? []) as readonly Volume[], route: [] };
  const window = { start: body["valid_from"] ?? null, end: body["valid_until"] ?? null };
  const volume = { footprint: body["footprint"], height: body["height"] ?? null, window } as Volume;
  return { ...words, volumes: [volume], route: [] };
}

/** A movement that is at one place is that place, as wide as its corridor. */
function movementOf(body: JsonObject): Pick<Told, "volumes" | "route"> {
  const fixes = (body["route"] ?? []) as readonly RecordFix[];
  // Once it deviates or halts its times say nothing any more: it may be anywhere on its route.
  const keepsTimes = body["phase"] === undefined || body["phase"] === "planned" || body["phase"] === "departed";
  const route = keepsTimes ? fixes : fixes.map((fix) => ({ ...fix, at: null }));
  const width_m = Number(body["width_m"]);
  const times = route.flatMap(({ at }) => (at === null ? [] : [at]));
  const window = { start: times[0] ?? null, end: times.at(-1) ?? null };
  const [only] = route;
  const line = route.map(({ position }) => position);
  if (route.length === 1 && only !== undefined) {
    const footprint = { type: "circle", centre: only.position, radius_m: width_m / 2 } as const;
    return { volumes: [{ footprint, height: null, window }], route: [] };
  }
  return { volumes: [{ footprint: { type: "corridor", line, width_m }, height: null, window }], route };
}

/** The words of a body, under whichever name its kind has for them. */
function wordsOf(body: JsonObject): string {
  const found = ["remarks", "alleged", "question"].map((field) => body[field]);
  return (found.find((text) => typeof text === "string" && text !== "") ?? "") as string;
}

function namesOf(body: JsonObject): readonly { readonly lang: string; readonly text: string }[] {
  const names: readonly unknown[] = Array.isArray(body["names"]) ? body["names"] : [];
  return names.flatMap((name) =>
    isObject(name) && typeof name["text"] === "string" ? [{ lang: String(name["lang"]), text: name["text"] }] : [],
  );
}

const PLAIN = ["category", "type", "claim", "alert", "phase", "decision", "verified_by", "precision_m"] as const;
const PLACE = ["country", "governorate", "district", "locality"] as const;

function fieldsOf(body: JsonObject): (readonly [string, string])[] {
  const place = isObject(body["place"]) ? body["place"] : {};
  const people = isObject(body["people"]) ? body["people"]["total"] : body["people"];
  const verified = body["verified_at"];
  const named = new Map<string, string>();
  for (const { lang, text } of namesOf(body)) {
    if (lang !== "und" && !named.has(`name_${lang}`)) named.set(`name_${lang}`, text);
  }
  const all: (readonly [string, unknown])[] = [
    ...named,
    ...PLAIN.map((field) => [field, body[field]] as const),
    ...PLACE.map((field) => [field, place[field]] as const),
    ["people", people],
    ["verified_at", typeof verified === "number" ? timeOf(verified) : null],
  ];
  return all.flatMap(([field, value]) =>
    (typeof value === "string" && value !== "") || typeof value === "number" ? [[field, String(value)] as const] : [],
  );
}
