import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "Низька",
  high: "Висока",
  critical: "Критична",
  against: "проти",
  undecided: "Не вдалося вирішити, тому вважається конфліктом.",
  overlaps: "Вони перекриваються на місцевості.",
  within: "Вони зближуються до {$distance}.",
  "height-gap": "За висотою їх розділяє {$distance}.",
};
