import type { Translated } from "../types.ts";

export const door: Translated<"door"> = {
  asking: "در حال پرسیدن از گره که کیست…",
  "signing-in": "در حال ورود…",
  "signed-out": "خارج شده‌اید. آنچه این صفحه از خط می‌دانست از آن پاک شد.",
  passphrase: "گذرعبارت",
  "sign-in": "ورود",
  "key-file": "پروندهٔ کلید شما",
  "choose-file": "پروندهٔ کلید را برگزینید…",
  "key-hint": "مانند officers/watch-1.key، در پوشه‌ای که ساخته شد. در همین صفحه باز می‌شود و هرگز به گره فرستاده نمی‌شود.",
};
