import { record, usually } from "../compose.ts";
import { code } from "../field.ts";

/** An officer has read it. This is neither agreement nor understanding. */
export const READ = record({ scope: usually(code("scope"), "message") });
