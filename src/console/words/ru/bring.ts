import type { Translated } from "../types.ts";

export const bring: Translated<"bring"> = {
  title: "Внести список из файла",
  "title-difference": "Что новый файл меняет в списке {$list}",
  note: "Он читается на этой странице. На узел ничего не уходит, пока вы не составите черновик.",
  choose: "Выбрать файл…",
  file: "Файл",
  kind: "Что в его строках",
  "kind-auto": "как говорит формат",
  name: "Название списка",
  summary:
    "Строк: {$rows :integer}. В черновик: {$drafts :integer}. Отклонено: {$refused :integer}. С предупреждением: {$warned :integer}.",
  refused: "Отклонено и не войдёт",
  warned: "С предупреждением",
  row: "Строка {$row :integer}",
  changes: "Что меняется",
  same: "Как сообщалось: {$count :integer}",
  added: "Добавлено: {$count :integer}",
  changed: "Изменено: {$count :integer}",
  removed: "Больше нет в файле: {$count :integer}",
  moved: "сместилось на {$distance}",
  "removed-note": "Они действуют, пока вы их не снимете.",
  "removed-refused": "Некоторые строки отклонены: то, что кажется пропавшим, может быть в них.",
  "withdraw-removed": "Снять то, чего больше нет в файле",
  reason: "Почему снимается",
  draft: "Составить как один список",
  "draft-difference": "Составить разницу",
  nothing: "В файле то же, что сообщено. Составлять нечего.",
  "nothing-read": "Ни одной строки нельзя составить.",
  "too-many":
    "В списке не больше {$most :integer}; здесь {$count :integer}. Командная строка сделает из них несколько списков: parley import.",
};
