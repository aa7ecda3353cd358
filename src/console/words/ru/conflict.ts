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
};
