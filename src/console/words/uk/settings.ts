import type { Translated } from "../types.ts";

export const settings: Translated<"settings"> = {
  title: "Налаштування",
  language: "Мова",
  theme: "Вигляд",
  "theme-system": "Як на цьому пристрої",
  "theme-dark": "Темний, для нічної вахти",
  "theme-light": "Світлий",
  "theme-contrast": "Високий контраст",
  calendar: "Другий календар поруч із григоріанським",
  "calendar-none": "Немає",
  "calendar-persian": "Перський (сонячна хіджра)",
  "calendar-islamic": "Ісламський (Умм аль-Кура)",
  "local-time": "Показувати місцевий час поруч із Зулу",
  close: "Закрити",
  note: "Зберігається в цьому браузері. Вихід цього не стирає; про лінію там нічого немає.",
};
