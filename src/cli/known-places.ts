/** What a command knows of places: what comes with Parley, what the node was given, and the files that are named. */
import { closeSync } from "node:fs";
import { basename, resolve } from "node:path";
import {
  type Area,
  countryOf,
  type Gazetteer,
  GazetteerReader,
  type KnownPlace,
  LIMITS,
  Outline,
  Packed,
} from "../intake/index.ts";
import { gazetteerWith, givenPlaces, placesOfFile } from "../store/gazetteers.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { foundFile, openFile } from "./files.ts";
import { progress } from "./progress.ts";
import { areaFrom } from "./terms.ts";

/** @throws the codes of gazetteers */
export function gazetteerFrom(context: Context, dir: string | null, files: readonly string[]): Gazetteer {
  return gazetteerWith(Packed.of(givenPlaces(dir)), ...files.map((file) => Packed.of(placesIn(context, file))));
}

function* placesIn(context: Context, name: string): Generator<KnownPlace> {
  const path = resolve(context.cwd, name);
  const bar = progress(context, `Reading ${basename(path)}, bytes`, foundFile(path).size);
  const file = openFile(path);
  try {
    yield* placesOfFile(file, LIMITS.gazetteer_bytes, bar, new GazetteerReader());
  } finally {
    closeSync(file);
    bar.end();
  }
}

/** A box in degrees, a country by its name or code, or a file with boundaries. @throws usage, the codes of gazetteers */
export function areaOf(context: Context, text: string, gazetteer: Gazetteer): Area {
  if (/^[\s\d.,+-]+$/.test(text)) return areaFrom(text);
  const code = countryOf(text);
  if (code !== null) {
    const country = gazetteer.country(code);
    const outline = country === null ? null : gazetteer.outlineOf(country);
    if (outline === null) throw cliError("usage", `--area ${text}: no boundary of that country is known here.`);
    return { outlines: [outline] };
  }
  if (!/[./\\]/.test(text)) {
    throw cliError("usage", `--area ${text}: it is no box of degrees, no country and no file with boundaries.`);
  }
  const outlines = [...placesIn(context, text)].flatMap(({ rings }) => (rings === null ? [] : [new Outline(rings)]));
  if (outlines.length === 0) throw cliError("usage", `--area ${text}: the file has no boundaries.`);
  return { outlines };
}
