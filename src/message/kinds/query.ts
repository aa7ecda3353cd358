import { list, nullable, record } from "../compose.ts";
import { code, instant, messageRef, words } from "../field.ts";
import { volume } from "../place.ts";

/** A question about a message, a volume or an object seen. */
export const QUERY = record(
  {
    about: code("query_about"),
    message: nullable(messageRef()),
    volumes: list(volume(), 0, 16),
    question: words(2000),
    due_at: instant(),
  },
  {
    check: ({ about, message, volumes, question }) => {
      if (question === "") return "a query needs its question";
      if ((about === "message") !== (message !== null)) return "a query about a message names it, and no other does";
      return about === "volume" && volumes.length === 0 ? "a query about a volume draws it" : null;
    },
  },
);
