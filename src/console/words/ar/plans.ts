import type { Translated } from "../types.ts";

export const plans: Translated<"plans"> = {
  title: "الخطط والموجودات",
  add: "إضافة خطة",
  "nothing-close": "لا شيء قريب جدًا",
  "too-close": "قريب جدًا: {$count :integer}",
  "nothing-nearer": "لا تقترب أي خطة أو موجود أكثر مما تسمح به القواعد من أي شيء أُبلغت به هذه العقدة.",
  plans: "الخطط",
  holdings: "الموجودات",
  remove: "إزالة",
  "remove-one": "إزالة {$name}",
  "left-out":
    ".input {$count :integer} .match $count zero {{كلها معروضة، وكل واحدة منها تُفحص.}} one {{واحدة أخرى غير معروضة هنا؛ كل واحدة منها تُفحص.}} two {{اثنتان أخريان غير معروضتين هنا؛ كل واحدة منها تُفحص.}} few {{{$count} أخرى غير معروضة هنا؛ كل واحدة منها تُفحص.}} many {{{$count} أخرى غير معروضة هنا؛ كل واحدة منها تُفحص.}} * {{{$count} أخرى غير معروضة هنا؛ كل واحدة منها تُفحص.}}",
  new: "خطة جديدة",
  number: "الرقم",
  "number-hint": "رقمكم الخاص، مثل MSN-0412",
  name: "الاسم",
  category: "الفئة",
  "category-hint": "القواعد تسأل بهذه الكلمة: {$words}. وفي غيرها لا يُطلب إلا ما يُطلب من كل شيء.",
  remarks: "ملاحظات",
  standing: "في مكان",
  moving: "على طول طريق، بأوقات",
  keep: "احفظ وافحص",
};
