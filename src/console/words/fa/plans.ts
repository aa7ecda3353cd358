import type { Translated } from "../types.ts";

export const plans: Translated<"plans"> = {
  title: "طرح‌ها و داشته‌ها",
  add: "افزودن طرح",
  "nothing-close": "چیزی بیش از حد نزدیک نیست",
  "too-close": "بیش از حد نزدیک: {$count :integer}",
  "nothing-nearer": "هیچ طرح یا داشته‌ای نزدیک‌تر از آنچه قاعده‌ها می‌گذارند به چیزی که به این گره گفته شده نیست.",
  plans: "طرح‌ها",
  holdings: "داشته‌ها",
  remove: "برداشتن",
  "remove-one": "برداشتن {$name}",
  "left-out":
    ".input {$count :integer} .match $count one {{{$count} مورد دیگر اینجا نیست؛ همه وارسی می‌شوند.}} * {{{$count} مورد دیگر اینجا نیست؛ همه وارسی می‌شوند.}}",
  new: "طرح تازه",
  number: "شماره",
  "number-hint": "شمارهٔ خودتان، مانند MSN-0412",
  name: "نام",
  category: "رده",
  "category-hint":
    "قاعده‌ها با این واژه می‌پرسند: {$words}. در هر واژهٔ دیگر تنها همان خواسته می‌شود که از هر چیزی خواسته می‌شود.",
  remarks: "توضیح",
  standing: "در یک جا",
  moving: "در طول مسیر، با زمان‌ها",
  keep: "نگه‌داشتن و وارسی",
};
