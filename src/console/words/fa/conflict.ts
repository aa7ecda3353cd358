import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "کم",
  high: "زیاد",
  critical: "بحرانی",
  against: "در برابر",
  undecided: "نتوانست تعیین شود، پس تداخل شمرده می‌شود.",
  overlaps: "این دو در مکان هم‌پوشانی دارند.",
  within: "تا {$distance} به هم نزدیک می‌شوند.",
  "height-gap": "در ارتفاع {$distance} از هم فاصله دارند.",
};
