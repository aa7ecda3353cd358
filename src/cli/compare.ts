/**
 * Fingerprints are compared by two people, in person or by voice, and it is written down who did. A file can come
 * from anybody; only the comparison ties its key to the other side.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Fingerprint } from "../line/index.ts";
import { parsePersonId } from "../wire/id.ts";
import { askText } from "./confirm.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { readJson, writeWhole } from "./files.ts";

export interface CompareOptions {
  readonly fingerprint?: readonly string[];
  readonly comparedBy?: readonly string[];
}

const record = z.array(
  z.strictObject({
    party: z.string(),
    fingerprint: z.string(),
    compared_by: z.array(z.string()).length(2),
    at: z.int(),
  }),
);
type Compared = z.output<typeof record>;

const recordPath = (dir: string): string => join(dir, "line", "compared.json");

/** Compares every one of `others` that was not compared before, and records it; throws where one differs or is left. */
export async function compareFingerprints(
  context: Context,
  dir: string,
  options: CompareOptions,
  others: readonly Fingerprint[],
): Promise<void> {
  const before = readCompared(dir);
  const left = others.filter(
    ({ party, fingerprint }) => !before.some((one) => one.party === party && one.fingerprint === fingerprint),
  );
  if (left.length === 0) return;
  const given = new Map((options.fingerprint ?? []).map(fingerprintFrom));
  for (const other of left) await compareOne(context, other, given.get(other.party));
  const persons = await twoPersons(context, options.comparedBy ?? []);
  const at = context.now();
  const now = left.map(({ party, fingerprint }) => ({ party, fingerprint, compared_by: persons, at }));
  writeWhole(recordPath(dir), `${JSON.stringify([...before, ...now], null, 2)}\n`, { replace: true });
  for (const { party, name } of left)
    context.say(`${name} (${party}): compared by ${persons.join(" and ")}, and recorded.`);
}

function readCompared(dir: string): Compared {
  const path = recordPath(dir);
  if (!existsSync(path)) return [];
  const parsed = record.safeParse(readJson(path));
  if (!parsed.success) throw cliError("file-not-understood", `${path} is not a record of comparisons.`);
  return parsed.data;
}

async function compareOne(
  context: Context,
  { party, name, fingerprint }: Fingerprint,
  given: string | undefined,
): Promise<void> {
  const digits = fingerprint.replaceAll(" ", "");
  if (given !== undefined) {
    if (given === digits) return;
    throw cliError(
      "fingerprint-differs",
      `The file's key for ${party} has the fingerprint ${fingerprint}, not the one you gave.`,
    );
  }
  if (!context.interactive)
    throw cliError("fingerprint-not-compared", `The fingerprint of ${party} is not compared yet.`);
  // It is not shown: whoever could copy it from the screen would. All of it is typed: eight digits can be forged.
  const typed = await askText(context, `Call ${name}. Let them read their fingerprint to you, and type all of it`, {
    refused: (answer) =>
      digitsOf(answer).length === digits.length
        ? undefined
        : `A fingerprint has ${digits.length} digits: ${digitsOf(answer).length} typed.`,
  });
  const heard = digitsOf(typed ?? "");
  if (heard === digits) return;
  const groups = fingerprint.split(" ").filter((group, i) => heard.slice(4 * i, 4 * i + 4) === group).length;
  throw cliError(
    "fingerprint-differs",
    `What they read is not the fingerprint of the key in the file: ${groups} of its 10 groups agree.`,
  );
}

const digitsOf = (typed: string): string => typed.replaceAll(/\s/g, "").toLowerCase();

/** `--fingerprint PARTY=40 digits`, with or without its spaces. */
export function fingerprintFrom(text: string): [party: string, digits: string] {
  const match = /^([a-z][a-z0-9-]*)=([0-9a-fA-F\s]+)$/.exec(text.trim());
  const digits = digitsOf(match?.[2] ?? "");
  if (match === null || digits.length !== 40) {
    throw cliError("usage", `--fingerprint "${text}": give PARTY=FINGERPRINT, with all of its 40 digits.`);
  }
  return [match[1] as string, digits];
}

async function twoPersons(context: Context, given: readonly string[]): Promise<string[]> {
  const asked =
    given.length > 0 || !context.interactive
      ? undefined
      : await askText(context, "Who compared? Two persons, such as person-1, person-2", {
          refused: (answer) =>
            namesIn([answer]).length === 2 ? undefined : "Two different persons, with a comma between.",
        });
  const persons = namesIn(given.length > 0 ? given : [asked ?? ""]).map(parsePersonId);
  if (persons.length !== 2) throw cliError("two-persons-needed", "Fingerprints are compared by two different persons.");
  return persons;
}

/** Each name once. */
function namesIn(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => text.split(",")).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
