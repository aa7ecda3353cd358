import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "Час",
  span: "Показаний час",
  "span-6h": "6 годин",
  "span-24h": "24 години",
  "span-7d": "7 днів",
  "span-30d": "30 днів",
  "span-180d": "6 місяців",
  "as-of": "Як було відомо на",
  "as-of-hint": "Час вигляду 2026-11-23 15:30Z або група дати й часу вигляду 231530ZNOV26",
  show: "Показати",
  now: "Зараз",
  earlier: "Раніше",
  later: "Пізніше",
  past: "Ви дивитеся в минуле, як цей вузол знав його на {$at}. Ніщо тут не таке зараз.",
  "local-time": "{$at} місцевий",
};
