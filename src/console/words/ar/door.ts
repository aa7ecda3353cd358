import type { Translated } from "../types.ts";

export const door: Translated<"door"> = {
  asking: "جارٍ سؤال العقدة عن هويتها…",
  "signing-in": "جارٍ تسجيل الدخول…",
  "signed-out": "لقد سجّلتم الخروج. ما كانت هذه الصفحة تعرفه عن الخط أُزيل منها.",
  passphrase: "عبارة المرور",
  "sign-in": "تسجيل الدخول",
  "key-file": "ملف مفتاحك",
  "choose-file": "اختر ملف المفتاح…",
  "key-hint": "مثل officers/watch-1.key، في المجلد الذي أُنشئ فيه. يُفتح في هذه الصفحة ولا يُرسل أبدًا إلى العقدة.",
};
