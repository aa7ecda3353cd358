import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "زمان",
  span: "بازهٔ نمایش",
  "span-6h": "6 ساعت",
  "span-24h": "24 ساعت",
  "span-7d": "7 روز",
  "span-30d": "30 روز",
  "span-180d": "6 ماه",
  "as-of": "چنان‌که دانسته بود در",
  "as-of-hint": "زمانی مانند 2026-11-23 15:30Z یا گروه تاریخ و زمان مانند 231530ZNOV26",
  show: "نمایش",
  now: "اکنون",
  earlier: "پیش‌تر",
  later: "پس‌تر",
  past: "گذشته را می‌بینید، چنان‌که این گره در {$at} می‌دانست. هیچ چیز اینجا وضع اکنون نیست.",
  "local-time": "{$at} محلی",
};
