import type { Translated } from "../types.ts";

export const drafts: Translated<"drafts"> = {
  title: "پیش‌نویس‌ها",
  empty: "پیش‌نویسی اینجا نیست.",
  signed: "در انتظار افسر دوم",
  unsigned: "هنوز امضا نشده",
  refused: "رد شده",
  released: "آزاد شده",
  write: "نوشتن",
  "new-movement": "حرکت تازه",
  "new-site": "محل تازه",
  "new-activity": "فعالیت تازه",
  "new-query": "پرسش تازه",
  "new-text": "متن تازه",
  "new-alert": "هشدار…",
};
