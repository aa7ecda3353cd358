import type { Translated } from "../types.ts";

export const handover: Translated<"handover"> = {
  title: "Смена",
  give: "Сдать дежурство",
  "give-title": "Сдать дежурство",
  "give-about":
    "Узел говорит, что открыто. Добавьте то, чего он знать не может, и подпишите: другой человек прочтёт и подпишет, что дежурство его.",
  words: "Ваши слова",
  compose: "Посмотреть, что сдаётся",
  sign: "Подписать и сдать",
  "waits-for": "Сдал(а) {$officer} в {$at}. Ещё никто не принял.",
  take: "Прочесть и принять дежурство",
  "take-title": "Принять дежурство",
  "take-sign": "Подписать: дежурство моё",
  "taken-by": "Дежурство {$from} принял(а) {$by} в {$at}.",
  "as-of": "На {$at}, {$officer}",
  "no-alert": "Открытых тревог нет.",
  waiting: "Ждут",
  "nothing-waits": "Ничего не ждёт.",
  more: "Ждёт ещё: {$count :integer}",
  counts: "Черновиков {$drafts :integer}, конфликтов {$conflicts :integer}, не вскрыто {$unopened :integer}",
  "no-words": "Слов не добавлено.",
  "stays-here": "Это остаётся на этом узле: только своя сторона.",
};
