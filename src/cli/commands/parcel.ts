import { Command } from "commander";
import { closeSync, readSync } from "node:fs";
import { resolve } from "node:path";
import type { CarriedIn } from "../../api/index.ts";
import { codesOf, joinCodes, parcelsIn, type ReadAt, readerOf } from "../../line/index.ts";
import { type Bytes, concat, fromBase64 } from "../../wire/bytes.ts";
import { parsePartyId } from "../../wire/id.ts";
import { isParleyError } from "../../wire/error.ts";
import { action } from "../action.ts";
import { codesOnTerminal, codesPage } from "../codes-page.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { openFile, readText, writeWhole } from "../files.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer, type Officer, requireParty } from "../node.ts";
import { progress } from "../progress.ts";
import { clock, count, table } from "../table.ts";

interface Refused {
  readonly refused: string;
}
type Taken = (CarriedIn | Refused) & { readonly file: string };

export function parcelCommand(context: Context): Command {
  const command = new Command("parcel")
    .description("carry parcels by hand where no wire goes: sealed, in any order, late, or twice")
    .addCommand(outCommand(context))
    .addCommand(inCommand(context));
  return examples(command, [
    [
      "what southern does not have yet, for a courier",
      "parcel out for-south.parcels --to southern --dir north --as watch-1",
    ],
    ["on the other side", "parcel in for-south.parcels --dir south --as watch-1"],
  ]);
}

interface OutOptions extends NodeOptions {
  readonly to: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly codes?: boolean;
}

function outCommand(context: Context): Command {
  const command = new Command("out")
    .description("write what a party does not have into a file that only its node can open")
    .argument("[file]", "where to; with --codes a page of QR codes, and without a file they are shown here")
    .requiredOption("--to <party>", "the party's short name")
    .option("--all", "from the beginning of this party's log, whatever that party holds")
    .option("--codes", "as a series of QR codes, for what fits");
  nodeOptions(command);
  examples(command, [
    ["a file for a courier", "parcel out for-south.parcels --to southern --dir north --as watch-1"],
    ["a page of QR codes to print", "parcel out codes.html --codes --to southern --dir north --as watch-1"],
    ["QR codes on this screen", "parcel out --codes --to southern --dir north --as watch-1"],
  ]);
  return action<OutOptions>(context, command, async (_, options, [file]) => {
    if (file === undefined && options.codes !== true) throw cliError("usage", "Name the file, or give --codes.");
    const { client } = await officer(context, options);
    await requireParty(client, options.to);
    const { parcels, entries } = await allOf(context, client, options);
    const whole = concat(...parcels);
    const path = file === undefined ? null : resolve(context.cwd, file);
    const codes = options.codes === true ? codesOf(context.suite, whole) : null;
    if (path !== null) writeWhole(path, codes === null ? whole : codesPage(codes, options.to));
    else if (codes !== null && options.json !== true) context.print(codesOnTerminal(codes));
    const what = `${count(entries, "entry", "entries")} in ${count(parcels.length, "parcel")}, ${whole.length} bytes`;
    const text = `${path ?? count(codes?.length ?? 0, "code")}: ${what}. Only the node of ${options.to} can open it.\nThere: parley parcel in ${codes === null ? (file ?? "FILE") : "--codes LINES"}`;
    const json = { file: path, to: options.to, parcels: parcels.length, entries, bytes: whole.length, codes };
    return { status: 0, json, text };
  });
}

async function allOf(context: Context, client: Officer["client"], { to, all }: OutOptions) {
  const parcels: Bytes[] = [];
  let after: number | undefined = all === true ? 0 : undefined;
  let entries = 0;
  const bar = progress(context, `Entries for ${to}`, null);
  for (;;) {
    const { parcel, from, up_to, own } = await client.parcelOut({
      body: { to: parsePartyId(to), ...(after === undefined ? {} : { after }) },
    });
    parcels.push(fromBase64(parcel));
    entries += up_to - from;
    bar(entries);
    if (up_to >= own || up_to === from) break;
    after = up_to;
  }
  bar.end();
  return { parcels, entries };
}

interface InOptions extends NodeOptions {
  readonly codes?: boolean;
}

function inCommand(context: Context): Command {
  const command = new Command("in")
    .description("take parcels that a courier brought")
    .argument("<files...>", "in any order")
    .option("--codes", "the files are what was read off QR codes, each code in a line of its own");
  nodeOptions(command);
  examples(command, [
    ["a courier's file", "parcel in for-south.parcels --dir south --as watch-1"],
    ["codes that a scanner wrote down, in any order", "parcel in scanned.txt --codes --dir south --as watch-1"],
  ]);
  return action<InOptions>(context, command, async (_, options, files) => {
    const { client } = await officer(context, options);
    const bar = progress(context, "Parcels", null);
    const taken: Taken[] = [];
    for (const file of files) {
      try {
        for (const sealed of parcelsOf(context, resolve(context.cwd, file), options.codes === true)) {
          taken.push({ ...(await bringIn(client, sealed)), file });
          bar(taken.length);
        }
      } catch (error) {
        if (files.length === 1 || !isParleyError(error) || !FILE_FAULT.test(error.code)) throw error;
        taken.push({ refused: `${error.message} (${error.code})`, file });
      }
    }
    bar.end();
    const refused = taken.some((each) => "refused" in each || each.place === "bring-again");
    return { status: refused ? 1 : 0, json: { parcels: taken }, text: takenText(taken) };
  });
}

/** One bad file does not stop the others. */
const FILE_FAULT = /^(?:parcel|file|codes)-/;

function takenText(taken: readonly Taken[]): string {
  const rows = taken.map((each) => {
    if ("refused" in each) return [each.file, "-", "-", "-", `refused: ${each.refused}`];
    const place: Record<CarriedIn["place"], string> = {
      taken: "taken",
      waits: "waits for what comes before it",
      "bring-again": "BRING AGAIN: no room",
    };
    const said = each.repeated ? "had come before" : place[each.place];
    return [each.file, each.from, clock(each.made_at), count(each.stored, "new entry", "new entries"), said];
  });
  const from = [...new Set(taken.flatMap((each) => ("refused" in each ? [] : [each.from])))];
  const back = from.map((party) => `Receipts go back the same way: parley parcel out FILE --to ${party}`);
  return [table(["file", "from", "made", "brought", ""], rows), ...back].join("\n");
}

/** One bad parcel does not stop the others. */
async function bringIn(client: Officer["client"], sealed: Bytes): Promise<CarriedIn | Refused> {
  try {
    return await client.parcelIn({ body: sealed });
  } catch (error) {
    if (!isParleyError(error) || !error.code.startsWith("parcel-")) throw error;
    return { refused: `${error.message} (${error.code})` };
  }
}

function* parcelsOf(context: Context, path: string, codes: boolean): Generator<Bytes> {
  if (codes) {
    const joined = joinCodes(context.suite, readText(path).split(/\r?\n/));
    if ("missing" in joined) {
      const { missing, of } = joined;
      throw cliError("codes-missing", `Of ${of} codes these are missing: ${missing.join(", ")}.`);
    }
    return yield* parcelsIn(readerOf(joined.bytes));
  }
  const file = openFile(path);
  try {
    yield* parcelsIn(readFrom(file));
  } finally {
    closeSync(file);
  }
}

function readFrom(file: number): ReadAt {
  return (at, length) => {
    const bytes = new Uint8Array(length);
    let size = 0;
    for (let read = -1; read !== 0 && size < length; size += read) {
      read = readSync(file, bytes, size, length - size, at + size);
    }
    return bytes.subarray(0, size);
  };
}
