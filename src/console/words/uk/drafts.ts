import type { Translated } from "../types.ts";

export const drafts: Translated<"drafts"> = {
  title: "Чернетки",
  empty: "Чернеток немає.",
  signed: "Чекають другого офіцера",
  unsigned: "Ще не підписані",
  refused: "Відхилені",
  released: "Випущені",
  write: "Скласти",
  "new-movement": "Нове пересування",
  "new-site": "Новий об’єкт",
  "new-activity": "Нова діяльність",
  "new-query": "Новий запит",
  "new-text": "Новий текст",
  "new-alert": "Тривога…",
};
