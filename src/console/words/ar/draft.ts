import type { Translated } from "../types.ts";

export const draft: Translated<"draft"> = {
  title: "مسودة",
  "state-unsigned": "لم تُوقَّع بعد",
  "state-signed": "بانتظار الضابط الثاني",
  "state-released": "أُفرج عنها",
  "state-refused": "رُفضت",
  "show-more":
    ".input {$count :integer} .match $count zero {{عرض المزيد}} one {{عرض المزيد (واحدة غير معروضة)}} two {{عرض المزيد (اثنتان غير معروضتين)}} few {{عرض المزيد ({$count} غير معروضة)}} many {{عرض المزيد ({$count} غير معروضة)}} * {{عرض المزيد ({$count} غير معروضة)}}",
  receivers: "من يتسلّمها",
  "receivers-note": "كل أطراف الخط ولا أحد سواهم. بعد الإفراج لا يمكن استرجاعها، بل استبدالها أو سحبها فقط.",
  says: "ما تقوله",
  "says-aside": "قُرئت في هذه الصفحة من البايتات التي ستُوقَّع",
  "finding-note": "ملاحظة:",
  "finding-warn": "تحقّق:",
  "finding-refuse": "مرفوض:",
  "known-new": "جديد عليهم",
  "known-told": "أُبلغوا به من قبل",
  "known-public": "علني",
  learn: "ما سيعرفونه للمرة الأولى",
  "learn-aside":
    ".input {$new :integer} .match $new zero {{لا جديد من أصل {$all :integer}}} one {{واحد جديد من أصل {$all :integer}}} two {{اثنان جديدان من أصل {$all :integer}}} few {{{$new} جديدة من أصل {$all :integer}}} many {{{$new} جديدًا من أصل {$all :integer}}} * {{{$new} جديد من أصل {$all :integer}}}",
  "learn-known": "مدى العلم به",
  "learn-field": "الحقل",
  "learn-value": "ما يقوله",
  "is-released": "أُفرج عنها.",
  "see-ladder": "عرض الرسالة وسُلَّمها",
  "refused-by": "رفضها {$officer}: {$reason}",
  "you-drafted": "أنت من صاغها. يجب أن يفرج عنها ضابط آخر.",
  "waits-for-releaser": "تنتظر ضابطًا مخوَّلًا بالإفراج عنها.",
  "sign-title": "التوقيع بصفتك صائغها",
  "sign-note": "توقيعك يعني أنك صغت هذه الكلمات بعينها. لا يخرج شيء بعد: ضابط ثانٍ يفرج عنها.",
  sign: "توقيع المسودة",
  discard: "التخلص منها",
  "release-title": "الإفراج",
  "release-note":
    ".input {$count :integer} .match $count zero {{لا شيء للإفراج عنه إلى {$parties}.}} one {{بمفتاحك تفرج عن هذه الرسالة إلى {$parties}.}} two {{بمفتاحك تفرج عن هاتين الرسالتين إلى {$parties}.}} few {{بمفتاحك تفرج عن هذه الرسائل الـ{$count} إلى {$parties}.}} many {{بمفتاحك تفرج عن هذه الرسائل الـ{$count} إلى {$parties}.}} * {{بمفتاحك تفرج عن هذه الرسائل الـ{$count} إلى {$parties}.}}",
  confirm:
    ".input {$count :integer} .match $count zero {{تحققت من المصدر، وهي صحيحة كما هي.}} one {{تحققت من الملاحظة بالرجوع إلى المصدر، وهي صحيحة كما هي.}} two {{تحققت من الملاحظتين بالرجوع إلى المصدر، وهي صحيحة كما هي.}} few {{تحققت من الملاحظات الـ{$count} بالرجوع إلى المصدر، وهي صحيحة كما هي.}} many {{تحققت من الملاحظات الـ{$count} بالرجوع إلى المصدر، وهي صحيحة كما هي.}} * {{تحققت من الملاحظات الـ{$count} بالرجوع إلى المصدر، وهي صحيحة كما هي.}}",
  "why-refused": "سبب الرفض",
  refuse: "رفض…",
  "refuse-with-reason": "رفض بهذا السبب",
};
