/**
 * `npm run pictures`: writes the pictures of docs/deconfliction.md from the engine's own output, so that they show what it
 * does. `--check` only compares. Exit status 1 where one is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bufferPicture } from "./buffer.ts";
import { conflictPicture } from "./conflict.ts";
import { heightsPicture } from "./heights.ts";
import { routesPicture } from "./routes.ts";
import { suggestionPicture } from "./suggestion.ts";

const FOLDER = join(import.meta.dirname, "../../docs/images");

const pictures = [conflictPicture(), bufferPicture(), routesPicture(), heightsPicture(), suggestionPicture()];
for (const { name, svg } of pictures) {
  const file = join(FOLDER, `deconfliction-${name}.svg`);
  if (!process.argv.includes("--check")) writeFileSync(file, svg);
  else if (!existsSync(file) || readFileSync(file, "utf8") !== svg) {
    process.stderr.write(`docs/images/deconfliction-${name}.svg is out of date: run npm run pictures.\n`);
    process.exitCode = 1;
  }
}
