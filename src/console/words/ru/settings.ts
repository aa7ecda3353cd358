import type { Translated } from "../types.ts";

export const settings: Translated<"settings"> = {
  title: "Настройки",
  language: "Язык",
  theme: "Вид",
  "theme-system": "Как на этом устройстве",
  "theme-dark": "Тёмный, для ночной вахты",
  "theme-light": "Светлый",
  "theme-contrast": "Высокий контраст",
  calendar: "Второй календарь рядом с григорианским",
  "calendar-none": "Нет",
  "calendar-persian": "Персидский (солнечная хиджра)",
  "calendar-islamic": "Исламский (Умм аль-Кура)",
  "local-time": "Показывать местное время рядом с Зулу",
  close: "Закрыть",
  note: "Хранится в этом браузере. Выход это не стирает; о линии там ничего нет.",
};
