import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "Время",
  span: "Показанное время",
  "span-6h": "6 часов",
  "span-24h": "24 часа",
  "span-7d": "7 дней",
  "span-30d": "30 дней",
  "span-180d": "6 месяцев",
  "as-of": "Как было известно на",
  "as-of-hint": "Время вида 2026-11-23 15:30Z или группа даты и времени вида 231530ZNOV26",
  show: "Показать",
  now: "Сейчас",
  earlier: "Раньше",
  later: "Позже",
  past: "Вы смотрите в прошлое, как этот узел знал его на {$at}. Ничто здесь не таково сейчас.",
  "local-time": "{$at} местное",
};
