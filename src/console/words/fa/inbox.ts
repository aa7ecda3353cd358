import type { Translated } from "../types.ts";

export const inbox: Translated<"inbox"> = {
  title: "صندوق ورودی",
  "nothing-waits": "چیزی در انتظار نیست",
  waits:
    ".input {$count :integer} .match $count one {{{$count} در انتظارند، نزدیک‌ترین موعد نخست}} * {{{$count} در انتظارند، نزدیک‌ترین موعد نخست}}",
  empty: "اینجا چیزی در انتظار افسری نیست.",
  waiting: "در انتظار",
  told: "گفته‌ها و شنیده‌ها",
  "more-of-list":
    ".input {$count :integer} .match $count one {{و {$count} دیگر از فهرست آن}} * {{و {$count} دیگر از فهرست آن}}",
  "waiting-for-release": "در انتظار آزادسازی",
  "to-release": "برای آزادسازی",
  review: "بازبینی",
  "to-confirm": "{$count :integer} برای تأیید",
  messages: ".input {$count :integer} .match $count one {{{$count} پیام}} * {{{$count} پیام}}",
};
