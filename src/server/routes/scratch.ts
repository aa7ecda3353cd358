import { apiError, type Scratch } from "../../api/index.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import type { ScratchRecord } from "../../store/index.ts";
import { officerOf } from "./line.ts";

/** So many half-written messages are kept for one officer, of so many characters of JSON each. */
const MOST = 100;
const LONGEST = 200_000;

/** What officers have begun to write: each sees and changes only what is his own. */
export function scratchRoutes({ store, now }: Node): HandlersOf<"scratches" | "keepScratch" | "deleteScratch"> {
  return {
    scratches: (_, caller) => ({ items: store.scratches(officerOf(caller).id).map(toApi) }),
    keepScratch: ({ body }, caller) => {
      const officer = officerOf(caller).id;
      const form = JSON.stringify(body.form);
      if (form.length > LONGEST)
        throw apiError("request-too-large", "This is too long to be kept half-written: draft it.");
      const kept = store.scratches(officer);
      if (kept.length >= MOST && !kept.some(({ id }) => id === body.id)) {
        throw apiError("request-too-large", `${MOST} half-written messages are kept already: throw some away.`);
      }
      const record: ScratchRecord = {
        officer,
        id: body.id,
        kind: body.kind,
        subject: body.subject,
        savedAt: now(),
        form,
      };
      store.commit([{ write: "scratch", ...record }]);
      return toApi(record);
    },
    deleteScratch: ({ params }, caller) =>
      store.commit([{ write: "scratch-deleted", officer: officerOf(caller).id, id: params.id }]),
  };
}

function toApi({ id, kind, subject, savedAt, form }: ScratchRecord): Scratch {
  return { id, kind, subject, saved_at: savedAt, form: JSON.parse(form) as Scratch["form"] };
}
