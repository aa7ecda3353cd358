import type { Translated } from "../types.ts";

export const settings: Translated<"settings"> = {
  title: "تنظیمات",
  language: "زبان",
  theme: "نما",
  "theme-system": "مانند این دستگاه",
  "theme-dark": "تیره، برای نگهبانی شب",
  "theme-light": "روشن",
  "theme-contrast": "پادنمایی بالا",
  calendar: "تقویم دوم در کنار میلادی",
  "calendar-none": "هیچ",
  "calendar-persian": "هجری خورشیدی",
  "calendar-islamic": "هجری قمری (ام‌القری)",
  "local-time": "نمایش زمان محلی در کنار زولو",
  close: "بستن",
  note: "در همین مرورگر نگه داشته می‌شود. خروج آن را نگه می‌دارد؛ چیزی از خط در آن نیست.",
};
