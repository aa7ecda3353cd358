/**
 * In an exercise the host page signs officers in by a link: the key file and its passphrase stand in the fragment, which
 * no server sees. A node that is not in an exercise never has such a link opened: see `sign-in.ts`.
 */
import { fromBase64, fromUtf8 } from "../../wire/bytes.ts";

export interface ExerciseLink {
  readonly keyFile: string;
  readonly passphrase: string;
}

const PREFIX = "#/exercise/";
const HOME = "#/inbox";

/**
 * Takes the link out of the address bar, whether or not it is any good, so that it is not left lying there: what stands
 * there instead is the page that it leads to.
 */
export function takeExerciseLink(): ExerciseLink | null {
  const { hash, pathname } = window.location;
  if (!hash.startsWith(PREFIX)) return null;
  const leadTo = (page: string): void => window.history.replaceState(null, "", `${pathname}${page}`);
  leadTo(HOME);
  try {
    const parsed: unknown = JSON.parse(fromUtf8(fromBase64(decodeURIComponent(hash.slice(PREFIX.length)))));
    const { key_file, passphrase, go_to } = parsed as Record<string, unknown>;
    if (typeof key_file !== "string" || typeof passphrase !== "string") return null;
    if (typeof go_to === "string" && go_to.startsWith("#/")) leadTo(go_to);
    return { keyFile: key_file, passphrase };
  } catch {
    return null;
  }
}
