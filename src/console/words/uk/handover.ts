import type { Translated } from "../types.ts";

export const handover: Translated<"handover"> = {
  title: "Зміна",
  give: "Здати чергування",
  "give-title": "Здати чергування",
  "give-about":
    "Вузол каже, що відкрито. Додайте те, чого він знати не може, і підпишіть: інша людина прочитає й підпише, що чергування її.",
  words: "Ваші слова",
  compose: "Подивитися, що здається",
  sign: "Підписати й здати",
  "waits-for": "Здав(ла) {$officer} о {$at}. Ще ніхто не прийняв.",
  take: "Прочитати й прийняти чергування",
  "take-title": "Прийняти чергування",
  "take-sign": "Підписати: чергування моє",
  "taken-by": "Чергування {$from} прийняв(ла) {$by} о {$at}.",
  "as-of": "На {$at}, {$officer}",
  "no-alert": "Відкритих тривог немає.",
  waiting: "Чекають",
  "nothing-waits": "Нічого не чекає.",
  more: "Чекає ще: {$count :integer}",
  counts: "Чернеток {$drafts :integer}, конфліктів {$conflicts :integer}, не розкрито {$unopened :integer}",
  "no-words": "Слів не додано.",
  "stays-here": "Це лишається на цьому вузлі: лише своя сторона.",
};
