import type { Translated } from "../types.ts";

export const map: Translated<"map"> = {
  "not-drawn": "Мапу тут не намалювати ({$why}). У списку те саме.",
  "no-base-map": "Основа мапи не завантажилася; повідомлене намальовано без неї.",
  canvas: "Мапа. У списку поруч те саме.",
  "zoom-in": "Наблизити",
  "zoom-out": "Віддалити",
  side: "На мапі",
  "too-close": "Надто близько до нашого",
  undecided: "не вирішено",
  apart: "на відстані {$distance}",
  ours: "Наше, {$private}",
  "go-to": "До {$name}",
  told: "Повідомлено",
  "told-one": "{$kind}: {$subject}",
};
