import type { Translated } from "../types.ts";

export const keys: Translated<"keys"> = {
  title: "میان‌برهای صفحه‌کلید",
  button: "کلیدها",
  note: "کلیدهای تکی هنگامی کار می‌کنند که هیچ بخشی در کانون نباشد. ‏Tab و Shift+Tab به همهٔ چیزهای دیگر می‌رسند.",
  key: "کلید",
  does: "چه می‌کند",
  help: "نمایش این فهرست",
  "go-to": "رفتن به: {$page}",
  next: "مورد بعدی فهرست",
  previous: "مورد پیشین فهرست",
  back: "بازگشت به صفحهٔ پیش",
  main: "به آغاز صفحه",
  print: "چاپ این صفحه",
  write: "نوشتن چیزی تازه",
  alert: "نوشتن هشدار",
  close: "بستن آنچه روی صفحه است",
  "and-then": "سپس",
};
