import type { Translated } from "../types.ts";

export const draft: Translated<"draft"> = {
  title: "Чернетка",
  "state-unsigned": "ще не підписана",
  "state-signed": "чекає другого офіцера",
  "state-released": "випущена",
  "state-refused": "відхилена",
  "show-more":
    ".input {$count :integer} .match $count one {{Показати ще ({$count} не показано)}} few {{Показати ще ({$count} не показано)}} many {{Показати ще ({$count} не показано)}} * {{Показати ще ({$count} не показано)}}",
  receivers: "Хто це отримає",
  "receivers-note": "Усі сторони лінії й ніхто інший. Після випуску відкликати не можна, лише замінити або зняти.",
  says: "Що в ній сказано",
  "says-aside": "прочитано на цій сторінці з байтів, які буде підписано",
  "finding-note": "Зауважте:",
  "finding-warn": "Перевірте:",
  "finding-refuse": "Відмовлено:",
  "known-new": "для них нове",
  "known-told": "уже повідомлялося",
  "known-public": "відкрите",
  learn: "Що вони дізнаються вперше",
  "learn-aside":
    ".input {$new :integer} .match $new one {{{$new} з {$all :integer} нове}} few {{{$new} з {$all :integer} нові}} many {{{$new} з {$all :integer} нових}} * {{{$new} з {$all :integer} нового}}",
  "learn-known": "Наскільки відомо",
  "learn-field": "Поле",
  "learn-value": "Що сказано",
  "is-released": "Випущено.",
  "see-ladder": "Дивитися повідомлення та його драбину",
  "refused-by": "Відхилив {$officer}: {$reason}",
  "you-drafted": "Склали ви. Випустити має інший офіцер.",
  "waits-for-releaser": "Чекає офіцера, який має право випустити.",
  "sign-title": "Підписати як укладач",
  "sign-note": "Ваш підпис означає, що ви склали саме ці слова. Поки нічого не йде: випускає другий офіцер.",
  sign: "Підписати чернетку",
  discard: "Викинути",
  "release-title": "Випуск",
  "release-note":
    ".input {$count :integer} .match $count one {{Своїм ключем ви випускаєте {$count} повідомлення для: {$parties}.}} few {{Своїм ключем ви випускаєте {$count} повідомлення для: {$parties}.}} many {{Своїм ключем ви випускаєте {$count} повідомлень для: {$parties}.}} * {{Своїм ключем ви випускаєте {$count} повідомлення для: {$parties}.}}",
  confirm:
    ".input {$count :integer} .match $count one {{Я звірив {$count} зауваження з джерелом, усе правильно як є.}} few {{Я звірив {$count} зауваження з джерелом, усе правильно як є.}} many {{Я звірив {$count} зауважень із джерелом, усе правильно як є.}} * {{Я звірив {$count} зауваження з джерелом, усе правильно як є.}}",
  "why-refused": "Чому відхиляється",
  refuse: "Відхилити…",
  "refuse-with-reason": "Відхилити з цієї причини",
};
