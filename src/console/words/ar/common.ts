import type { Translated } from "../types.ts";

export const common: Translated<"common"> = {
  loading: "جارٍ التحميل…",
  working: "جارٍ العمل…",
  back: "رجوع",
  cancel: "إلغاء",
  see: "عرض",
  open: "فتح",
  answer: "رد",
  read: "قراءة",
  "read-back": "إعادة القراءة",
  release: "إفراج",
  "by-one": "صاغها {$officer}، {$at}",
  metres: "{$n :integer} م",
  kilometres: "{$n :number maximumFractionDigits=1} كم",
  private: "خاص",
  "private-never-leaves": "خاص · لا يغادر هذه العقدة أبدًا",
  "too-close": "قريب جدًا مما هو لنا",
  "too-close-count": "قريب جدًا مما لنا: {$count :integer}",
  none: "لا شيء.",
  "not-shown":
    ".input {$count :integer} .match $count zero {{لا شيء آخر غير معروض}} one {{واحدة أخرى غير معروضة هنا}} two {{اثنتان أخريان غير معروضتين هنا}} few {{{$count} أخرى غير معروضة هنا}} many {{{$count} أخرى غير معروضة هنا}} * {{{$count} أخرى غير معروضة هنا}}",
  exercise: "تمرين",
  correct: "تصحيح",
  "show-more": "عرض {$count :integer} أخرى",
};
