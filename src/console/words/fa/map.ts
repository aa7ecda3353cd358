import type { Translated } from "../types.ts";

export const map: Translated<"map"> = {
  "not-drawn": "نقشه اینجا کشیده نمی‌شود ({$why}). فهرست همان چیزها را دارد.",
  "no-base-map": "نقشهٔ پایه بارگیری نشد؛ آنچه گفته شده بدون آن کشیده می‌شود.",
  canvas: "نقشه. فهرست کنار آن همان چیزها را دارد.",
  "zoom-in": "بزرگ‌نمایی",
  "zoom-out": "کوچک‌نمایی",
  side: "روی نقشه",
  "too-close": "بیش از حد نزدیک به ما",
  undecided: "تعیین‌نشده",
  apart: "فاصله {$distance}",
  ours: "از ما، {$private}",
  "go-to": "رفتن به {$name}",
  told: "گفته‌ها",
  "told-one": "{$kind}: {$subject}",
};
