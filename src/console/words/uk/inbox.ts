import type { Translated } from "../types.ts";

export const inbox: Translated<"inbox"> = {
  title: "Вхідні",
  "nothing-waits": "ніщо не чекає",
  waits:
    ".input {$count :integer} .match $count one {{{$count} чекає, найближчий строк першим}} few {{{$count} чекають, найближчий строк першим}} many {{{$count} чекають, найближчий строк першим}} * {{{$count} чекає, найближчий строк першим}}",
  empty: "Тут ніщо не чекає офіцера.",
  waiting: "Чекають",
  told: "Сказано й почуто",
  "more-of-list":
    ".input {$count :integer} .match $count one {{і ще {$count} з цього списку}} few {{і ще {$count} з цього списку}} many {{і ще {$count} з цього списку}} * {{і ще {$count} з цього списку}}",
  "waiting-for-release": "Чекають випуску",
  "to-release": "До випуску",
  review: "Розглянути",
  "to-confirm": "{$count :integer} на підтвердження",
  messages:
    ".input {$count :integer} .match $count one {{{$count} повідомлення}} few {{{$count} повідомлення}} many {{{$count} повідомлень}} * {{{$count} повідомлення}}",
};
