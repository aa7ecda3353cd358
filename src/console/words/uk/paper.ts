import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "Друк",
  printed: "Надрукував: {$officer} ({$party}), {$at}",
  "check-words": "Контрольні слова:",
  told: "Що чинне, файлом",
  "told-aside": "для таблиць, карт і пристроїв; закритого в ньому немає",
  "told-in-view": "Повідомлене на цьому вигляді, що пройшло відбір",
  format: "Формат",
  save: "Зберегти",
  written: "Повідомлень у ньому: {$count :integer}.",
  "without-place": "Без місця або минулих: {$count :integer}.",
  left: "Чого цей формат не вміщує: {$count :integer}",
};
