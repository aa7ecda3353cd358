import type { Translated } from "../types.ts";

export const bring: Translated<"bring"> = {
  title: "Внести список із файлу",
  "title-difference": "Що новий файл змінює у списку {$list}",
  note: "Він читається на цій сторінці. На вузол нічого не йде, доки ви не складете чернетку.",
  choose: "Вибрати файл…",
  file: "Файл",
  kind: "Що в його рядках",
  "kind-auto": "як каже формат",
  name: "Назва списку",
  summary:
    "Рядків: {$rows :integer}. До чернетки: {$drafts :integer}. Відхилено: {$refused :integer}. З попередженням: {$warned :integer}.",
  refused: "Відхилено й не ввійде",
  warned: "З попередженням",
  row: "Рядок {$row :integer}",
  changes: "Що змінюється",
  same: "Як повідомлялося: {$count :integer}",
  added: "Додано: {$count :integer}",
  changed: "Змінено: {$count :integer}",
  removed: "Більше немає у файлі: {$count :integer}",
  moved: "змістилося на {$distance}",
  "removed-note": "Вони чинні, доки ви їх не знімете.",
  "removed-refused": "Деякі рядки відхилено: те, що здається зниклим, може бути в них.",
  "withdraw-removed": "Зняти те, чого більше немає у файлі",
  reason: "Чому знімається",
  draft: "Скласти як один список",
  "draft-difference": "Скласти різницю",
  nothing: "У файлі те саме, що повідомлено. Складати нічого.",
  "nothing-read": "Жодного рядка не можна скласти.",
  "too-many":
    "У списку не більш як {$most :integer}; тут {$count :integer}. Командний рядок зробить із них кілька списків: parley import.",
};
