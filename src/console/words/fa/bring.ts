import type { Translated } from "../types.ts";

export const bring: Translated<"bring"> = {
  title: "آوردن فهرست از پرونده",
  "title-difference": "آنچه پروندهٔ تازه در {$list} تغییر می‌دهد",
  note: "در همین صفحه خوانده می‌شود؛ تا پیش‌نویس نکنید چیزی از آن به گره نمی‌رود.",
  choose: "انتخاب پرونده…",
  file: "پرونده",
  kind: "ردیف‌هایش چیست",
  "kind-auto": "چنان که قالبش می‌گوید",
  name: "نام فهرست",
  summary:
    "ردیف‌ها: {$rows :integer}. برای پیش‌نویس: {$drafts :integer}. ردشده: {$refused :integer}. با هشدار: {$warned :integer}.",
  refused: "ردشده و کنار گذاشته",
  warned: "با هشدار",
  row: "ردیف {$row :integer}",
  changes: "آنچه تغییر می‌کند",
  same: "همان که گفته شده: {$count :integer}",
  added: "افزوده: {$count :integer}",
  changed: "تغییر کرده: {$count :integer}",
  removed: "دیگر در پرونده نیست: {$count :integer}",
  moved: "{$distance} جابه‌جا شده",
  "removed-note": "معتبر می‌مانند مگر آنکه پس بخوانید.",
  "removed-refused": "ردیف‌هایی رد شد: آنچه رفته می‌نماید شاید در یکی از آن‌هاست.",
  "withdraw-removed": "آنچه دیگر در پرونده نیست پس خوانده شود",
  reason: "چرا پس خوانده می‌شود",
  draft: "پیش‌نویس به صورت یک فهرست",
  "draft-difference": "پیش‌نویس تفاوت",
  nothing: "پرونده همان را می‌گوید که گفته شده است. چیزی برای پیش‌نویس نیست.",
  "nothing-read": "هیچ ردیفی از آن را نمی‌توان پیش‌نویس کرد.",
  "too-many":
    "فهرست دست بالا {$most :integer} دارد؛ این {$count :integer} است. خط فرمان آن را چند فهرست می‌کند: parley import.",
};
