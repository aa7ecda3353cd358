/** The phrasebooks by language, each loaded when it is asked for. */
import type { Phrasebook } from "./phrasebook.ts";

export const PHRASEBOOKS = {
  en: async () => (await import("./en.ts")).EN,
} as const satisfies Readonly<Record<string, () => Promise<Phrasebook>>>;
