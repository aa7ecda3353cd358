import type { Translated } from "../types.ts";

export const common: Translated<"common"> = {
  loading: "Завантаження…",
  working: "Виконується…",
  back: "Назад",
  cancel: "Скасувати",
  see: "Дивитися",
  open: "Відкрити",
  answer: "Відповісти",
  read: "Прочитати",
  "read-back": "Повторити",
  release: "Випустити",
  "by-one": "склав {$officer}, {$at}",
  metres: "{$n :integer} м",
  kilometres: "{$n :number maximumFractionDigits=1} км",
  private: "ЗАКРИТО",
  "private-never-leaves": "ЗАКРИТО · ніколи не залишає цей вузол",
  "too-close": "Надто близько до нашого",
  "too-close-count": "надто близько до нашого: {$count :integer}",
  none: "Немає.",
  "not-shown":
    ".input {$count :integer} .match $count one {{ще {$count} тут не показано}} few {{ще {$count} тут не показано}} many {{ще {$count} тут не показано}} * {{ще {$count} тут не показано}}",
  exercise: "НАВЧАННЯ",
  correct: "Виправити",
  "show-more": "Показати ще {$count :integer}",
};
