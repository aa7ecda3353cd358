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
  "left-alert-corridor": "Оповещение (CAP) не вмещает коридор.",
  "left-alert-hole": "Оповещение (CAP) не вмещает область с вырезом.",
  "left-cot-hole": "Cursor on Target не вмещает область с вырезом.",
  "left-gpx-circle": "GPX не вмещает круг.",
  "left-gpx-polygon": "GPX не вмещает область.",
  "left-kml-position-names": "KML не вмещает названия точек маршрута.",
  "left-table-route-times": "Таблица вмещает только первое и последнее время маршрута.",
  "left-workbook-cell": "Ячейка книги не вмещает столько знаков: {$count :integer} ({$column}).",
  "left-volume4d-outline": "Volume4D не вмещает ни коридор, ни область с вырезом.",
};
