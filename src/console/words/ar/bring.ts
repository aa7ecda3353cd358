import type { Translated } from "../types.ts";

export const bring: Translated<"bring"> = {
  title: "إحضار قائمة من ملف",
  "title-difference": "ما يغيّره ملف جديد في {$list}",
  note: "يُقرأ في هذه الصفحة، ولا يذهب منه شيء إلى العقدة قبل أن تصوغه مسودة.",
  choose: "اختر ملفًا…",
  file: "الملف",
  kind: "ما هي صفوفه",
  "kind-auto": "كما يقول شكله",
  name: "اسم القائمة",
  summary:
    "الصفوف: {$rows :integer}. تُصاغ: {$drafts :integer}. مرفوضة: {$refused :integer}. عليها تحذير: {$warned :integer}.",
  refused: "مرفوضة ومتروكة",
  warned: "عليها تحذير",
  row: "الصف {$row :integer}",
  changes: "ما يتغيّر",
  same: "كما أُبلغ: {$count :integer}",
  added: "أُضيف: {$count :integer}",
  changed: "تغيّر: {$count :integer}",
  removed: "لم يعد في الملف: {$count :integer}",
  moved: "تحرّك {$distance}",
  "removed-note": "تبقى سارية ما لم تسحبها.",
  "removed-refused": "رُفضت صفوف: ما يبدو أنه زال قد يكون في أحدها.",
  "withdraw-removed": "اسحب ما لم يعد في الملف",
  reason: "سبب السحب",
  draft: "صُغها قائمةً واحدة",
  "draft-difference": "صُغ الفرق",
  nothing: "يقول الملف ما أُبلغ. لا شيء يُصاغ.",
  "nothing-read": "لا يمكن صياغة أي صف منه.",
  "too-many":
    "تسع القائمة {$most :integer} على الأكثر، وهذه {$count :integer}. سطر الأوامر يجعلها عدة قوائم: parley import.",
};
