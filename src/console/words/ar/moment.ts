import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "الوقت",
  span: "المدى المعروض",
  "span-6h": "6 ساعات",
  "span-24h": "24 ساعة",
  "span-7d": "7 أيام",
  "span-30d": "30 يومًا",
  "span-180d": "6 أشهر",
  "as-of": "كما عُرف في",
  "as-of-hint": "وقت مثل 2026-11-23 15:30Z، أو مجموعة تاريخ ووقت مثل 231530ZNOV26",
  show: "عرض",
  now: "الآن",
  earlier: "أسبق",
  later: "ألحق",
  past: "تنظر إلى الماضي كما عرفته هذه العقدة في {$at}. لا شيء هنا على حاله الآن.",
  "local-time": "{$at} محلي",
};
