import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "Низкая",
  high: "Высокая",
  critical: "Критическая",
  against: "против",
  undecided: "Не удалось решить, поэтому считается конфликтом.",
  overlaps: "Они перекрываются на местности.",
  within: "Они сближаются до {$distance}.",
  "height-gap": "По высоте их разделяет {$distance}.",
  asked: "Слишком близко то, что не дальше {$lateral} по месту, {$vertical} по высоте и {$time} по времени, всё сразу.",
  "any-height": "любая высота",
  "rule-pair": "Правило для {$plan} против {$against}.",
  "rule-default": "Правило по умолчанию.",
  anything: "что угодно",
  "undecided-height-datum": "Две высоты отсчитаны от разного.",
  "undecided-footprint-invalid": "Контур нарисован неверно.",
};
