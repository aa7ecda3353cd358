/** The phrasebooks by language, each loaded when it is asked for. */
import type { Phrasebook } from "./phrasebook.ts";

export const PHRASEBOOKS = {
  en: async () => (await import("./en.ts")).EN,
  ar: async () => (await import("./ar.ts")).AR,
  fa: async () => (await import("./fa.ts")).FA,
  fr: async () => (await import("./fr.ts")).FR,
  ru: async () => (await import("./ru.ts")).RU,
  uk: async () => (await import("./uk.ts")).UK,
  ckb: async () => (await import("./ckb.ts")).CKB,
} as const satisfies Readonly<Record<string, () => Promise<Phrasebook>>>;
