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
  asked:
    "بیش از حد نزدیک آن است که در مکان حداکثر {$lateral}، در ارتفاع {$vertical} و در زمان {$time} فاصله دارد، هر سه.",
  "any-height": "هر ارتفاعی",
  "rule-pair": "قاعدهٔ {$plan} در برابر {$against}.",
  "rule-default": "قاعدهٔ پیش‌فرض.",
  anything: "هر چیز",
  "any-site": "هر محل",
  "any-activity": "هر فعالیت",
  "any-movement": "هر حرکت",
  "any-presence": "هر حضور",
  "any-holding": "هر یک از داشته‌ها",
  "of-kind": "{$category} ({$kind})",
  "undecided-height-datum": "دو ارتفاع نسبت به دو مبنای جداست.",
  "undecided-footprint-invalid": "ردپایی نادرست کشیده شده است.",
};
