/** Where a page begins. Nothing is ever cut without saying so: the reply's `more` is the next page's `before`. */
import { apiError } from "../../api/index.ts";
import { parseLogOrigin } from "../../wire/id.ts";
import type { NoticePlace } from "../../store/index.ts";

/** @throws request-malformed */
export function cursorOf(before: string | undefined): number | undefined {
  if (before === undefined) return undefined;
  if (!/^[0-9]{1,15}$/.test(before)) throw notOne();
  return Number(before);
}

const NOTICE_CURSOR = /^([0-9]{1,15})\.([0-9]{1,15})\.(parley\/.+)$/;

/** @throws request-malformed, id-malformed */
export function noticePlaceOf(before: string | undefined): NoticePlace | undefined {
  if (before === undefined) return undefined;
  const [, storedAt, index, origin] = NOTICE_CURSOR.exec(before) ?? [];
  if (origin === undefined) throw notOne();
  return { storedAt: Number(storedAt), index: Number(index), origin: parseLogOrigin(origin).origin };
}

export function noticeCursor({ storedAt, index, origin }: NoticePlace): string {
  return `${storedAt}.${index}.${origin}`;
}

function notOne() {
  return apiError("request-malformed", "before: this is not a page's cursor.");
}
