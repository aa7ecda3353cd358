import type { Translated } from "../types.ts";

export const map: Translated<"map"> = {
  "not-drawn": "تعذّر رسم الخريطة هنا ({$why}). القائمة تحوي الأشياء نفسها.",
  "no-base-map": "تعذّر تحميل خريطة الأساس؛ يُرسم ما قيل من دونها.",
  canvas: "خريطة. القائمة المجاورة تحوي الأشياء نفسها.",
  "zoom-in": "تكبير",
  "zoom-out": "تصغير",
  side: "على الخريطة",
  "too-close": "قريب جدًا مما لنا",
  undecided: "لم يُبتّ فيه",
  apart: "المسافة بينهما {$distance}",
  ours: "لنا، {$private}",
  "go-to": "الذهاب إلى {$name}",
  told: "ما قيل",
  "told-one": "{$kind}: {$subject}",
};
