import { record, usually } from "../compose.ts";
import { code } from "../field.ts";

/** The second officer, after a sole release: the message stands as if two had released it. */
export const COUNTERSIGNATURE = record({ scope: usually(code("scope"), "message") });
