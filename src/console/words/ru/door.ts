import type { Translated } from "../types.ts";

export const door: Translated<"door"> = {
  asking: "Спрашиваем узел, чей он…",
  "signing-in": "Вход…",
  "signed-out": "Вы вышли. Всё, что эта страница знала о линии, из неё удалено.",
  passphrase: "Парольная фраза",
  "sign-in": "Войти",
  "key-file": "Ваш файл ключа",
  "choose-file": "Выбрать файл ключа…",
  "key-hint":
    "Например, officers/watch-1.key, в папке, где он был создан. Он открывается на этой странице и никогда не отправляется узлу.",
};
