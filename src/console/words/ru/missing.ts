import type { Translated } from "../types.ts";

export const missing: Translated<"missing"> = {
  subject: "Нет темы.",
  centre: "Нет центра.",
  radius: "Нет радиуса.",
  position: "Нет позиции.",
  "ends-before-start": "Конец раньше начала.",
  "upper-below-lower": "Верхняя высота ниже нижней.",
  "waypoint-position": "Нет позиции точки маршрута {$number :integer}.",
  "people-in-all": "Не указано, сколько всего людей.",
  tolerance: "Не указано возможное опережение или отставание.",
  width: "Нет ширины коридора.",
  vehicles: "Не указано, сколько машин.",
  precision: "Не указана точность.",
  question: "Нет вопроса.",
  "answer-by": "Не указано, к какому времени нужен ответ.",
  words: "Нет текста.",
  "number-and-name": "Нет номера и названия.",
  "number-range": "Дайте число от {$min :number} до {$max :number}.",
  field: "Чего-то не хватает: {$field}.",
  point: "Нет координаты в строке {$number :integer}.",
  points: "Нужно координат не менее {$least :integer}, по одной в строке; есть {$found :integer}.",
};
