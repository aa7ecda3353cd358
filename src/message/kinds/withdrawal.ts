import { record, usually } from "../compose.ts";
import { code, words } from "../field.ts";

/** The author takes back what he told. It stays in the log, marked. */
export const WITHDRAWAL = record({ scope: usually(code("scope"), "message"), reason: words(2000) });
