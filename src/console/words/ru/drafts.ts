import type { Translated } from "../types.ts";

export const drafts: Translated<"drafts"> = {
  title: "Черновики",
  empty: "Черновиков нет.",
  signed: "Ждут второго офицера",
  unsigned: "Ещё не подписаны",
  refused: "Отклонены",
  released: "Выпущены",
  write: "Составить",
  "new-movement": "Новое передвижение",
  "new-site": "Новый объект",
  "new-activity": "Новая деятельность",
  "new-query": "Новый запрос",
  "new-text": "Новый текст",
  "new-alert": "Тревога…",
};
