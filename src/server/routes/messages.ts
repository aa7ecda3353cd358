import { decodeNotice } from "../../message/index.ts";
import type { NoticeItem } from "../../message/index.ts";
import type { Notice, Unopened } from "../../api/index.ts";
import type { EntryRecord, NoticePlace, NoticeRecord } from "../../store/index.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { evidenceOf, evidenceOfPeriod } from "../exchange/evidence.ts";
import { nodeAsOf } from "../messages/as-of.ts";
import type { HandlersOf } from "../http/handlers.ts";
import { inboxOf } from "../messages/inbox.ts";
import { partyOfOrigin } from "../exchange/line-state.ts";
import { detailOf, summaryOf } from "../messages/view.ts";
import type { Node } from "../node.ts";
import { unopenedWords } from "../messages/unopened.ts";
import { cursorOf, noticeCursor, noticePlaceOf } from "./cursor.ts";
import { officerOf } from "./line.ts";
import { apiError } from "../../api/index.ts";

const PAGE = 200;
/** The newest: a peer can write any number of entries that do not open. */
const UNOPENED_OF_EACH_LOG = 500;
/** Of one range that a node opened, and of one notice; what is beyond is counted. */
const ABOUT = { range: 100, notice: 1000 };

export function messageRoutes(
  node: Node,
): HandlersOf<"inbox" | "messages" | "message" | "messageEvidence" | "export" | "notices" | "unopened"> {
  const { store } = node;
  return {
    inbox: ({ query }, caller) => inboxOf(node, officerOf(caller), query),
    messages: ({ query: { kind, from, list, as_of, limit = PAGE, before } }) => {
      const then = nodeAsOf(node, as_of);
      const page = { order: "newest-first", beyond: cursorOf(before), limit: limit + 1 } as const;
      const found = then.store.messages({ kind, from, list, faults: "with" }, page);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        messages: shown.map((record) => summaryOf(then, record, then.book.message(record.hash), record.fault)),
        more: found.length > limit && last !== undefined ? String(last.seq) : null,
      };
    },
    message: ({ params, query }, caller) => detailOf(nodeAsOf(node, query.as_of), params.hash, officerOf(caller)),
    messageEvidence: ({ params }) => evidenceOf(node, params.hash),
    export: ({ query: { from, to } }) => evidenceOfPeriod(node, from ?? null, to ?? null),
    notices: ({ query: { limit = PAGE, before } }) => {
      const found = store.notices({ limit: limit + 1, before: heldPlace(node, before) });
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const more = found.length > limit && last !== undefined ? noticeCursor(last) : null;
      return { notices: shown.map((record) => noticeView(node, record)), more };
    },
    unopened: () => {
      const entries = store.unopened(UNOPENED_OF_EACH_LOG).map(unopenedView);
      return { entries, left_out: store.countUnopened() - entries.length };
    },
  };
}

function heldPlace({ store }: Node, before: string | undefined): NoticePlace | undefined {
  const place = noticePlaceOf(before);
  if (place === undefined || store.log(place.origin) !== null) return place;
  throw apiError("request-malformed", "before: this node holds no such log.");
}

function noticeView(node: Node, { origin, index, from, storedAt, bytes }: NoticeRecord): Notice {
  const { items, at } = decodeNotice(bytes);
  const [first] = items;
  const about = items.flatMap((item) => aboutOf(node, item)).slice(0, ABOUT.notice);
  const whole = items.reduce((sum, item) => sum + (item.code === "opened" ? item.to - item.from : 1), 0);
  const codes = [...new Set(items.map(({ code }) => code))].join(" ");
  return {
    code: first?.code ?? "opened",
    from,
    at,
    origin,
    index,
    about,
    about_left_out: Math.max(0, whole - about.length),
    detail: { codes, stored_at: storedAt, items: items.map((item) => ({ ...item })) },
  };
}

function aboutOf({ store, book }: Node, item: NoticeItem): Notice["about"] {
  const held = new Set(store.logs().map((log) => log.origin));
  const place = (origin: LogOrigin, index: number) => {
    return { origin, index, message: held.has(origin) ? (store.messageAt(origin, index)?.hash ?? null) : null };
  };
  switch (item.code) {
    case "opened":
      return Array.from({ length: Math.min(item.to - item.from, ABOUT.range) }, (_, i) =>
        place(item.origin, item.from + i),
      );
    case "held":
    case "unopened":
    case "refused":
      return [place(item.origin, item.index)];
    case "overdue": {
      const fact = book.get(item.message);
      return fact === null ? [] : [{ origin: fact.origin, index: fact.index, message: fact.hash }];
    }
    case "split":
    case "quota":
    case "test-call":
    case "understands":
    case "newer":
      return [];
  }
}

type NotRead = Pick<EntryRecord, "origin" | "index" | "cause" | "storedAt">;

function unopenedView({ origin, index, cause, storedAt }: NotRead): Unopened {
  const code = cause ?? "unopenable";
  return { origin, index, code, ...unopenedWords(code, partyOfOrigin(origin)), stored_at: storedAt };
}
