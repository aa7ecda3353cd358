import type { Translated } from "../types.ts";

export const door: Translated<"door"> = {
  asking: "Питаємо вузол, чий він…",
  "signing-in": "Вхід…",
  "signed-out": "Ви вийшли. Усе, що ця сторінка знала про лінію, з неї прибрано.",
  passphrase: "Парольна фраза",
  "sign-in": "Увійти",
  "key-file": "Ваш файл ключа",
  "choose-file": "Вибрати файл ключа…",
  "key-hint":
    "Наприклад, officers/watch-1.key, у теці, де його створено. Він відкривається на цій сторінці й ніколи не надсилається вузлу.",
};
