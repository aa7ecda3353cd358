import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "Печать",
  printed: "Напечатал: {$officer} ({$party}), {$at}",
  "check-words": "Контрольные слова:",
  told: "Что действует, файлом",
  "told-aside": "для таблиц, карт и устройств; закрытого в нём нет",
  "told-in-view": "Сообщённое на этом виде, прошедшее отбор",
  format: "Формат",
  save: "Сохранить",
  written: "Сообщений в нём: {$count :integer}.",
  "without-place": "Без места или прошедших: {$count :integer}.",
  left: "Чего этот формат не вмещает: {$count :integer}",
};
