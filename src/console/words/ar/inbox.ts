import type { Translated } from "../types.ts";

export const inbox: Translated<"inbox"> = {
  title: "الوارد",
  "nothing-waits": "لا شيء ينتظر",
  waits:
    ".input {$count :integer} .match $count zero {{لا شيء ينتظر}} one {{واحدة تنتظر، الأقرب استحقاقًا أولًا}} two {{اثنتان تنتظران، الأقرب استحقاقًا أولًا}} few {{{$count} تنتظر، الأقرب استحقاقًا أولًا}} many {{{$count} تنتظر، الأقرب استحقاقًا أولًا}} * {{{$count} تنتظر، الأقرب استحقاقًا أولًا}}",
  empty: "لا شيء ينتظر ضابطًا هنا.",
  waiting: "بانتظار إجراء",
  told: "ما قيل وما سُمع",
  "more-of-list":
    ".input {$count :integer} .match $count zero {{ولا غيرها من قائمتها}} one {{وواحدة أخرى من قائمتها}} two {{واثنتان أخريان من قائمتها}} few {{و{$count} أخرى من قائمتها}} many {{و{$count} أخرى من قائمتها}} * {{و{$count} أخرى من قائمتها}}",
  "waiting-for-release": "بانتظار الإفراج",
  "to-release": "للإفراج",
  review: "مراجعة",
  "to-confirm": "{$count :integer} للتأكيد",
  messages:
    ".input {$count :integer} .match $count zero {{لا رسائل}} one {{رسالة واحدة}} two {{رسالتان}} few {{{$count} رسائل}} many {{{$count} رسالة}} * {{{$count} رسالة}}",
};
