import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "منخفض",
  high: "مرتفع",
  critical: "حرج",
  against: "مقابل",
  undecided: "تعذّر البتّ فيه، لذا يُعَدّ تعارضًا.",
  overlaps: "يتداخل الاثنان مكانًا.",
  within: "يقتربان أحدهما من الآخر حتى {$distance}.",
  "height-gap": "يفصل بينهما في الارتفاع {$distance}.",
};
