import type { Translated } from "../types.ts";

export const inbox: Translated<"inbox"> = {
  title: "Входящие",
  "nothing-waits": "ничто не ждёт",
  waits:
    ".input {$count :integer} .match $count one {{{$count} ждёт, ближайший срок первым}} few {{{$count} ждут, ближайший срок первым}} many {{{$count} ждут, ближайший срок первым}} * {{{$count} ждёт, ближайший срок первым}}",
  empty: "Здесь ничто не ждёт офицера.",
  waiting: "Ждут",
  told: "Сказано и услышано",
  "more-of-list":
    ".input {$count :integer} .match $count one {{и ещё {$count} из этого списка}} few {{и ещё {$count} из этого списка}} many {{и ещё {$count} из этого списка}} * {{и ещё {$count} из этого списка}}",
  "waiting-for-release": "Ждут выпуска",
  "to-release": "К выпуску",
  review: "Рассмотреть",
  "to-confirm": "{$count :integer} на подтверждение",
  messages:
    ".input {$count :integer} .match $count one {{{$count} сообщение}} few {{{$count} сообщения}} many {{{$count} сообщений}} * {{{$count} сообщения}}",
};
