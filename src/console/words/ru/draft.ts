import type { Translated } from "../types.ts";

export const draft: Translated<"draft"> = {
  title: "Черновик",
  "state-unsigned": "ещё не подписан",
  "state-signed": "ждёт второго офицера",
  "state-released": "выпущен",
  "state-refused": "отклонён",
  "show-more":
    ".input {$count :integer} .match $count one {{Показать ещё ({$count} не показан)}} few {{Показать ещё ({$count} не показаны)}} many {{Показать ещё ({$count} не показаны)}} * {{Показать ещё ({$count} не показано)}}",
  receivers: "Кто это получит",
  "receivers-note": "Все стороны линии и никто другой. После выпуска отозвать нельзя, можно только заменить или снять.",
  says: "Что в нём сказано",
  "says-aside": "прочитано на этой странице из байтов, которые будут подписаны",
  "finding-note": "Заметьте:",
  "finding-warn": "Проверьте:",
  "finding-refuse": "Отказано:",
  "known-new": "для них ново",
  "known-told": "уже сообщалось",
  "known-public": "открыто",
  learn: "Что они узнают впервые",
  "learn-aside":
    ".input {$new :integer} .match $new one {{{$new} из {$all :integer} ново}} few {{{$new} из {$all :integer} новы}} many {{{$new} из {$all :integer} новы}} * {{{$new} из {$all :integer} ново}}",
  "learn-known": "Насколько известно",
  "learn-field": "Поле",
  "learn-value": "Что сказано",
  "is-released": "Выпущено.",
  "see-ladder": "Смотреть сообщение и его лестницу",
  "refused-by": "Отклонил {$officer}: {$reason}",
  "you-drafted": "Составили вы. Выпустить должен другой офицер.",
  "waits-for-releaser": "Ждёт офицера, который вправе выпустить.",
  "sign-title": "Подписать как составитель",
  "sign-note":
    "Ваша подпись означает, что вы составили именно эти слова. Пока ничего не уходит: выпускает второй офицер.",
  sign: "Подписать черновик",
  discard: "Выбросить",
  "release-title": "Выпуск",
  "release-note":
    ".input {$count :integer} .match $count one {{Своим ключом вы выпускаете {$count} сообщение для: {$parties}.}} few {{Своим ключом вы выпускаете {$count} сообщения для: {$parties}.}} many {{Своим ключом вы выпускаете {$count} сообщений для: {$parties}.}} * {{Своим ключом вы выпускаете {$count} сообщения для: {$parties}.}}",
  confirm:
    ".input {$count :integer} .match $count one {{Я сверил {$count} замечание с источником, всё верно как есть.}} few {{Я сверил {$count} замечания с источником, всё верно как есть.}} many {{Я сверил {$count} замечаний с источником, всё верно как есть.}} * {{Я сверил {$count} замечания с источником, всё верно как есть.}}",
  "why-refused": "Почему отклоняется",
  refuse: "Отклонить…",
  "refuse-with-reason": "Отклонить с этой причиной",
};
