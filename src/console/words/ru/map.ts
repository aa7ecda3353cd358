import type { Translated } from "../types.ts";

export const map: Translated<"map"> = {
  "not-drawn": "Карту здесь не нарисовать ({$why}). В списке то же самое.",
  "no-base-map": "Основа карты не загрузилась; сообщённое нарисовано без неё.",
  canvas: "Карта. В списке рядом то же самое.",
  "zoom-in": "Приблизить",
  "zoom-out": "Отдалить",
  side: "На карте",
  "too-close": "Слишком близко к нашему",
  undecided: "не решено",
  apart: "на расстоянии {$distance}",
  ours: "Наше, {$private}",
  "go-to": "К {$name}",
  told: "Сообщено",
  "told-one": "{$kind}: {$subject}",
};
