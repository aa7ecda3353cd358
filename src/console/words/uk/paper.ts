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
  "left-alert-corridor": "Сповіщення (CAP) не вміщує коридор.",
  "left-alert-hole": "Сповіщення (CAP) не вміщує область із вирізом.",
  "left-cot-hole": "Cursor on Target не вміщує область із вирізом.",
  "left-gpx-circle": "GPX не вміщує коло.",
  "left-gpx-polygon": "GPX не вміщує область.",
  "left-kml-position-names": "KML не вміщує назви точок маршруту.",
  "left-table-route-times": "Таблиця вміщує лише перший і останній час маршруту.",
  "left-workbook-cell": "Комірка книги не вміщує стільки знаків: {$count :integer} ({$column}).",
  "left-volume4d-outline": "Volume4D не вміщує ні коридор, ні область із вирізом.",
};
