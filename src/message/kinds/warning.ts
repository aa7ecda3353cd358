import { nullable, list, record } from "../compose.ts";
import { instant, messageRef, words } from "../field.ts";
import { volume } from "../place.ts";

/** An alleged misuse of a protected site. When its time limit passes, nothing has been consented to. */
export const WARNING = record(
  {
    site: nullable(messageRef()),
    volumes: list(volume(), 0, 16),
    alleged: words(4000),
    time_limit: instant(),
  },
  {
    check: ({ site, volumes, alleged }) => {
      if (alleged === "") return "a warning says what is alleged";
      return site === null && volumes.length === 0 ? "a warning names the site, or where it is" : null;
    },
  },
);
