import type { Translated } from "../types.ts";

export const common: Translated<"common"> = {
  loading: "در حال بارگیری…",
  working: "در حال انجام…",
  back: "بازگشت",
  cancel: "انصراف",
  see: "دیدن",
  open: "باز کردن",
  answer: "پاسخ",
  read: "خواندن",
  "read-back": "بازخوانی",
  release: "آزادسازی",
  "by-one": "پیش‌نویس از {$officer}، {$at}",
  metres: "{$n :integer} متر",
  kilometres: "{$n :number maximumFractionDigits=1} کیلومتر",
  private: "محرمانه",
  "private-never-leaves": "محرمانه · هرگز از این گره بیرون نمی‌رود",
  "too-close": "بیش از حد نزدیک به آنچه از ماست",
  "too-close-count": "بیش از حد نزدیک به ما: {$count :integer}",
  none: "هیچ.",
  "not-shown":
    ".input {$count :integer} .match $count one {{{$count} مورد دیگر اینجا نشان داده نشده است}} * {{{$count} مورد دیگر اینجا نشان داده نشده است}}",
  exercise: "تمرین",
  correct: "اصلاح",
  "show-more": "نمایش {$count :integer} مورد دیگر",
};
