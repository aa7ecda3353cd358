import type { Translated } from "../types.ts";

export const draft: Translated<"draft"> = {
  title: "پیش‌نویس",
  "state-unsigned": "هنوز امضا نشده",
  "state-signed": "در انتظار افسر دوم",
  "state-released": "آزاد شد",
  "state-refused": "رد شد",
  "show-more":
    ".input {$count :integer} .match $count one {{نمایش بیشتر ({$count} نشان داده نشده)}} * {{نمایش بیشتر ({$count} نشان داده نشده)}}",
  receivers: "چه کسی آن را دریافت می‌کند",
  "receivers-note": "همهٔ طرف‌های خط و هیچ‌کس دیگر. پس از آزادسازی بازپس‌گرفتنی نیست؛ تنها جایگزین یا پس‌خوانده می‌شود.",
  says: "چه می‌گوید",
  "says-aside": "در همین صفحه از بایت‌هایی که امضا می‌شوند خوانده شد",
  "finding-note": "نکته:",
  "finding-warn": "بررسی کنید:",
  "finding-refuse": "رد شد:",
  "known-new": "برای آنان تازه",
  "known-told": "پیش‌تر گفته شده",
  "known-public": "علنی",
  learn: "آنچه تازه خواهند دانست",
  "learn-aside":
    ".input {$new :integer} .match $new one {{{$new} از {$all :integer} تازه است}} * {{{$new} از {$all :integer} تازه است}}",
  "learn-known": "تا چه حد دانسته",
  "learn-field": "بخش",
  "learn-value": "چه می‌گوید",
  "is-released": "آزاد شد.",
  "see-ladder": "دیدن پیام و نردبان آن",
  "refused-by": "{$officer} رد کرد: {$reason}",
  "you-drafted": "شما آن را نوشته‌اید. افسر دیگری باید آزادش کند.",
  "waits-for-releaser": "در انتظار افسری است که مجاز به آزادسازی آن باشد.",
  "sign-title": "امضا به عنوان نویسندهٔ آن",
  "sign-note": "امضای شما می‌گوید که همین واژه‌ها را نوشته‌اید. هنوز چیزی بیرون نمی‌رود: افسر دوم آن را آزاد می‌کند.",
  sign: "امضای پیش‌نویس",
  discard: "دور انداختن",
  "release-title": "آزادسازی",
  "release-note":
    ".input {$count :integer} .match $count one {{با کلید خود این {$count} پیام را برای {$parties} آزاد می‌کنید.}} * {{با کلید خود این {$count} پیام را برای {$parties} آزاد می‌کنید.}}",
  confirm:
    ".input {$count :integer} .match $count one {{این {$count} یافته را با منبع سنجیده‌ام و به همین صورت درست است.}} * {{این {$count} یافته را با منبع سنجیده‌ام و به همین صورت درست است.}}",
  "why-refused": "چرا رد می‌شود",
  refuse: "رد کردن…",
  "refuse-with-reason": "رد کردن با این دلیل",
  "re-key":
    ".input {$count :integer} .match $count one {{مکان و زمان {$count} مورد را دوباره از منبع وارد کنید}} * {{مکان و زمان {$count} مورد را دوباره از منبع وارد کنید}}",
  "re-key-note": "از منبع، نه از این صفحه: خطای نوشتن را آشکار می‌کند.",
  "re-key-same": "همان که نوشته شد.",
  "re-key-different": "آن نیست که نوشته شد. دوباره وارد کنید یا پیش‌نویس را با دلیل رد کنید.",
  "release-unchecked": "آزادسازی بدون وارد کردن دوباره",
  since: "از زمان نوشتن",
  "since-conflicts":
    ".input {$count :integer} .match $count one {{{$count} تداخل با آنچه از آن پس گفته یا طرح شده است.}} * {{{$count} تداخل با آنچه از آن پس گفته یا طرح شده است.}}",
  "since-ended":
    ".input {$count :integer} .match $count one {{{$count} مورد از آنچه پاسخ می‌دهد یا جایگزین می‌کند دیگر معتبر نیست.}} * {{{$count} مورد از آنچه پاسخ می‌دهد یا جایگزین می‌کند دیگر معتبر نیست.}}",
  "since-heard":
    ".input {$count :integer} .match $count one {{{$count} پیام از دیگران رسیده است.}} * {{{$count} پیام از دیگران رسیده است.}}",
  "take-up-again": "دوباره نوشتن",
};
