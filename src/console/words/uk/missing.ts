import type { Translated } from "../types.ts";

export const missing: Translated<"missing"> = {
  subject: "Немає теми.",
  centre: "Немає центру.",
  radius: "Немає радіуса.",
  position: "Немає позиції.",
  "ends-before-start": "Кінець раніше за початок.",
  "upper-below-lower": "Верхня висота нижча за нижню.",
  "waypoint-position": "Немає позиції точки маршруту {$number :integer}.",
  "people-in-all": "Не вказано, скільки всього людей.",
  tolerance: "Не вказано можливе випередження чи відставання.",
  width: "Немає ширини коридору.",
  vehicles: "Не вказано, скільки машин.",
  precision: "Не вказано точність.",
  question: "Немає запитання.",
  "answer-by": "Не вказано, до якого часу потрібна відповідь.",
  words: "Немає тексту.",
  "number-and-name": "Немає номера й назви.",
  "number-range": "Дайте число від {$min :number} до {$max :number}.",
  field: "Чогось бракує: {$field}.",
  point: "Немає координати в рядку {$number :integer}.",
  points: "Потрібно координат щонайменше {$least :integer}, по одній у рядку; є {$found :integer}.",
};
