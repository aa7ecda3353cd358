import type { Translated } from "../types.ts";

export const plans: Translated<"plans"> = {
  title: "Плани й розміщення",
  add: "Додати план",
  "nothing-close": "Надто близького немає",
  "too-close": "Надто близько: {$count :integer}",
  "nothing-nearer": "Жоден план чи розміщення не ближче, ніж дозволяють правила, до того, що повідомлено цьому вузлу.",
  plans: "Плани",
  holdings: "Розміщення",
  remove: "Прибрати",
  "remove-one": "Прибрати {$name}",
  "left-out":
    ".input {$count :integer} .match $count one {{Ще {$count} тут не показано; перевіряється кожен.}} few {{Ще {$count} тут не показано; перевіряється кожен.}} many {{Ще {$count} тут не показано; перевіряється кожен.}} * {{Ще {$count} тут не показано; перевіряється кожен.}}",
  new: "Новий план",
  number: "Номер",
  "number-hint": "Ваш власний, наприклад MSN-0412",
  name: "Назва",
  category: "Категорія",
  "category-hint": "Правила зважають на це слово: {$words}. Для будь-якого іншого діє лише те, що діє для всього.",
  remarks: "Примітки",
  standing: "На місці",
  moving: "За маршрутом, із часом",
  keep: "Зберегти й перевірити",
};
