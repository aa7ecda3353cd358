import type { Translated } from "../types.ts";

export const common: Translated<"common"> = {
  loading: "Загрузка…",
  working: "Выполняется…",
  back: "Назад",
  cancel: "Отмена",
  see: "Смотреть",
  open: "Открыть",
  answer: "Ответить",
  read: "Прочитать",
  "read-back": "Повторить",
  release: "Выпустить",
  "by-one": "составил {$officer}, {$at}",
  metres: "{$n :integer} м",
  kilometres: "{$n :number maximumFractionDigits=1} км",
  private: "ЗАКРЫТО",
  "private-never-leaves": "ЗАКРЫТО · никогда не покидает этот узел",
  "too-close": "Слишком близко к нашему",
  "too-close-count": "слишком близко к нашему: {$count :integer}",
  none: "Нет.",
  "not-shown":
    ".input {$count :integer} .match $count one {{ещё {$count} здесь не показано}} few {{ещё {$count} здесь не показаны}} many {{ещё {$count} здесь не показаны}} * {{ещё {$count} здесь не показано}}",
  exercise: "УЧЕНИЕ",
  correct: "Исправить",
  "show-more": "Показать ещё {$count :integer}",
};
