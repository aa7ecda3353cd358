/** What `npm run shots` is asked for. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isLanguage, LANGUAGE_LIST } from "../../src/console/words/languages.ts";
import { type Dress, THEMES } from "./dress.ts";

const HELP = `Usage: npm run shots [-- --languages en,ar] [--themes dark,light] [--widths 1440,390] [--only NAME,…] [--out DIR]
       npm run shots -- --axe [--languages …] [--themes …] [--widths …] [--only NAME,…]

Photographs every page of the console in each language, theme and width, into DIR (default: .parley/shots).
  --languages   of ${LANGUAGE_LIST.join(", ")} (default: en,ar; with --axe: all)
  --themes      of ${THEMES.join(", ")} (default: dark,light; with --axe: all)
  --widths      in pixels (default: 1440,390; with --axe: 1440)
  --only        only pages whose name begins with one of these
  --screen      what a screen shows, not the whole page
  --tour        the pictures of docs/tour.md, into docs/images
  --axe         no pictures: puts every page before axe instead, and ends with 1 where it finds anything
`;

export interface Asked {
  readonly dresses: readonly Dress[];
  /** Beginnings of names; empty: every page. */
  readonly only: readonly string[];
  readonly isScreen: boolean;
  readonly isTour: boolean;
  readonly isAxe: boolean;
  readonly out: string;
}

/** Ends the process where help was asked for, or something that there is not. */
export function asked(): Asked {
  try {
    const { values } = parseArgs({
      options: {
        languages: { type: "string" },
        themes: { type: "string" },
        widths: { type: "string" },
        only: { type: "string", default: "" },
        screen: { type: "boolean", default: false },
        tour: { type: "boolean", default: false },
        axe: { type: "boolean", default: false },
        out: { type: "string", default: join(".parley", "shots") },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return process.exit(0);
    }
    const languages = values.languages?.split(",") ?? (values.axe ? LANGUAGE_LIST : ["en", "ar"]);
    const themes = values.themes?.split(",") ?? (values.axe ? THEMES : ["dark", "light"]);
    const widths = values.widths?.split(",") ?? (values.axe ? ["1440"] : ["1440", "390"]);
    const dresses = languages.flatMap((language) =>
      themes.flatMap((theme) => widths.map((width) => dressOf(language, theme, width))),
    );
    const { screen: isScreen, tour: isTour, axe: isAxe, out } = values;
    return { dresses, only: values.only.split(",").filter(Boolean), isScreen, isTour, isAxe, out };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return process.exit(2);
  }
}

function dressOf(language: string, name: string, text: string): Dress {
  const theme = THEMES.find((one) => one === name);
  const width = Number(text);
  if (!isLanguage(language)) throw new Error(`There is no language ${language}.`);
  if (theme === undefined) throw new Error(`There is no theme ${name}.`);
  if (!Number.isInteger(width) || width < 200) throw new Error(`${text} is no width.`);
  return { language, theme, width };
}
