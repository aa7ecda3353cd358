/** Re-keying on the command line: place, time and height entered again from the source, and shown where they differ. */
import type { Draft, ReKeyed } from "../api/index.ts";
import { parseCoordinate } from "../geo/index.ts";
import {
  compareReKeyed,
  draftedPosition,
  positionsInPieces,
  type ReadBackEntry,
  type ReadBackField,
  reKeyedOf,
} from "../message/index.ts";
import { isParleyError } from "../wire/error.ts";
import { askText } from "./confirm.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { timeFrom } from "./places.ts";
import type { ItemToSign } from "./signing.ts";
import { pairs } from "./table.ts";

/**
 * Where this node requires it: every field of the items that it chose. `given` are `FIELD=VALUE`, of a list with the item's
 * number before; what is not given is asked for on a terminal.
 * @throws re-key-differs, usage
 */
export async function reKey(
  context: Context,
  { re_key }: Draft,
  items: readonly ItemToSign[],
  given: readonly string[],
): Promise<ReKeyed[]> {
  if (!re_key.required && given.length === 0) return [];
  const values = new Map(given.map(fieldOf));
  const done: ReKeyed[] = [];
  for (const item of re_key.items) {
    const { message } = items[item] as ItemToSign;
    const texts = new Map<string, string>();
    for (const field of reKeyedOf(message)) {
      const name = items.length === 1 ? field.field : `${item + 1}.${field.field}`;
      texts.set(field.field, values.get(name) ?? (await ask(context, `"${message.subject}", ${name}`, field)));
    }
    const entries = reKeyedOf(message).map((field) => entryOf(context, field, texts.get(field.field) ?? ""));
    const differences = compareReKeyed(message, entries);
    if (differences.length > 0) throw differs(context, items[item] as ItemToSign, texts, differences);
    done.push({ item, entries });
  }
  return done;
}

function fieldOf(text: string): [string, string] {
  const cut = text.indexOf("=");
  if (cut < 1)
    throw cliError("usage", `--again ${text}: give FIELD=VALUE, such as --again "footprint.at=36.34 43.13".`);
  return [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
}

/** Nothing of what was drafted is shown before it is entered. */
async function ask(context: Context, name: string, field: ReadBackField): Promise<string> {
  const refused = (text: string): string | undefined => {
    try {
      entryOf(context, field, text);
      return undefined;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      return error.message;
    }
  };
  return (await askText(context, `${name}, again from the source`, { refused })) ?? "";
}

function entryOf(context: Context, { field, type }: ReadBackField, text: string): ReadBackEntry {
  const none = { field, position: null, at: null, height_m: null };
  if (type === "position") return { ...none, position: parseCoordinate(text).position };
  if (type === "at") return { ...none, at: timeFrom(text, context.now()) };
  const height = Number(text);
  if (text.trim() === "" || !Number.isFinite(height)) throw cliError("usage", `${field}: give metres, such as 120.`);
  return { ...none, height_m: height };
}

function differs(
  context: Context,
  { message }: ItemToSign,
  texts: ReadonlyMap<string, string>,
  differences: ReturnType<typeof compareReKeyed>,
) {
  const rows = differences.flatMap(({ field, distance_m, seconds, height_m }): (readonly [string, string])[] => {
    const drafted = draftedPosition(message, field);
    if (drafted === null || distance_m === null) {
      return [[field, seconds === null ? `${height_m ?? "?"} m off` : `${seconds} s off`]];
    }
    const pieces = positionsInPieces(drafted, texts.get(field) ?? "");
    const marked = (side: "drafted" | "entered") =>
      pieces[side].map(({ text, differs }) => (differs ? `[${text}]` : text)).join("");
    return [
      [field, `${distance_m} m away`],
      ["  drafted", marked("drafted")],
      ["  entered", marked("entered")],
    ];
  });
  context.say(`${pairs(rows)}\n`);
  return cliError("re-key-differs", `"${message.subject}" was entered otherwise than it was drafted.`, {
    detail: { fields: differences.map(({ field }) => field).join(" ") },
  });
}
