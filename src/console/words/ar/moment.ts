import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "الوقت",
  span: "المدى المعروض",
  "span-6h": "٦ ساعات",
  "span-24h": "٢٤ ساعة",
  "span-7d": "٧ أيام",
  "span-30d": "٣٠ يومًا",
  "span-180d": "٦ أشهر",
  "as-of": "كما عُرف في",
  "as-of-hint": "وقت مثل 2026-11-23 15:30Z، أو مجموعة تاريخ ووقت مثل 231530ZNOV26",
  show: "عرض",
  now: "الآن",
  earlier: "أسبق",
  later: "ألحق",
  past: "تنظر إلى الماضي كما عرفته هذه العقدة في {$at}. لا شيء هنا على حاله الآن.",
  "local-time": "{$at} محلي",
};
