import type { Translated } from "../types.ts";

export const plans: Translated<"plans"> = {
  title: "Планы и размещения",
  add: "Добавить план",
  "nothing-close": "Слишком близкого нет",
  "too-close": "Слишком близко: {$count :integer}",
  "nothing-nearer": "Ни один план или размещение не ближе, чем позволяют правила, к тому, что сообщено этому узлу.",
  plans: "Планы",
  holdings: "Размещения",
  remove: "Убрать",
  "remove-one": "Убрать {$name}",
  "left-out":
    ".input {$count :integer} .match $count one {{Ещё {$count} здесь не показан; проверяется каждый.}} few {{Ещё {$count} здесь не показаны; проверяется каждый.}} many {{Ещё {$count} здесь не показаны; проверяется каждый.}} * {{Ещё {$count} здесь не показано; проверяется каждый.}}",
  new: "Новый план",
  number: "Номер",
  "number-hint": "Ваш собственный, например MSN-0412",
  name: "Название",
  category: "Категория",
  remarks: "Примечания",
  standing: "На месте",
  moving: "По маршруту, со временем",
  keep: "Сохранить и проверить",
};
