import type { Translated } from "../types.ts";

export const handover: Translated<"handover"> = {
  title: "تحویل",
  give: "تحویل نگهبانی",
  "give-title": "تحویل نگهبانی",
  "give-about":
    "گره می‌گوید چه باز است. آنچه نمی‌تواند بداند بیفزایید و امضا کنید: فرد دیگری می‌خواند و امضا می‌کند که نگهبانی با اوست.",
  words: "سخن شما",
  compose: "دیدن آنچه تحویل می‌شود",
  sign: "امضا و تحویل",
  "waits-for": "{$officer} در {$at} تحویل داد. هنوز کسی نگرفته است.",
  take: "خواندن و گرفتن نگهبانی",
  "take-title": "گرفتن نگهبانی",
  "take-sign": "امضا: نگهبانی با من است",
  "taken-by": "نگهبانی {$from} را {$by} در {$at} گرفت.",
  "as-of": "در {$at}، از {$officer}",
  "no-alert": "هیچ هشداری باز نیست.",
  waiting: "منتظر",
  "nothing-waits": "چیزی منتظر نیست.",
  more: "منتظرهای دیگر: {$count :integer}",
  counts: "پیش‌نویس‌ها {$drafts :integer}، تداخل‌ها {$conflicts :integer}، بازنشده {$unopened :integer}",
  "no-words": "سخنی افزوده نشد.",
  "stays-here": "روی همین گره می‌ماند: تنها طرف خودمان.",
};
