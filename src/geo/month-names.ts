/** Names of months in the languages that files come in, each with its calendar and number. */

export type Calendar = "iso8601" | "persian" | "islamic-umalqura";

const GREGORIAN: readonly (readonly string[])[] = [
  [
    "jan",
    "january",
    "janvier",
    "janv",
    "يناير",
    "كانون الثاني",
    "ژانویه",
    "января",
    "январь",
    "янв",
    "січня",
    "січень",
  ],
  ["feb", "february", "février", "fevrier", "févr", "فبراير", "شباط", "فوریه", "февраля", "февраль", "фев", "лютого"],
  ["mar", "march", "mars", "مارس", "آذار", "марта", "март", "мар", "березня", "березень"],
  ["apr", "april", "avril", "avr", "أبريل", "ابريل", "نيسان", "آوریل", "апреля", "апрель", "апр", "квітня", "квітень"],
  ["may", "mai", "مايو", "أيار", "ايار", "مه", "мая", "май", "травня", "травень"],
  ["jun", "june", "juin", "يونيو", "حزيران", "ژوئن", "июня", "июнь", "червня", "червень"],
  ["jul", "july", "juillet", "juil", "يوليو", "تموز", "ژوئیه", "июля", "июль", "липня", "липень"],
  ["aug", "august", "août", "aout", "أغسطس", "اغسطس", "آب", "اوت", "августа", "август", "авг", "серпня", "серпень"],
  ["sep", "sept", "september", "septembre", "سبتمبر", "أيلول", "ايلول", "سپتامبر", "сентября", "сентябрь", "вересня"],
  ["oct", "october", "octobre", "أكتوبر", "اكتوبر", "تشرين الأول", "اکتبر", "октября", "октябрь", "окт", "жовтня"],
  ["nov", "november", "novembre", "نوفمبر", "تشرين الثاني", "نوامبر", "ноября", "ноябрь", "листопада", "листопад"],
  ["dec", "december", "décembre", "decembre", "déc", "ديسمبر", "كانون الأول", "دسامبر", "декабря", "декабрь", "грудня"],
];

const PERSIAN: readonly (readonly string[])[] = [
  ["farvardin", "فروردین"],
  ["ordibehesht", "اردیبهشت"],
  ["khordad", "خرداد"],
  ["tir", "تیر"],
  ["mordad", "amordad", "مرداد"],
  ["shahrivar", "شهریور"],
  ["mehr", "مهر"],
  ["aban", "آبان"],
  ["azar", "آذر"],
  ["dey", "دی"],
  ["bahman", "بهمن"],
  ["esfand", "اسفند"],
];

const ISLAMIC: readonly (readonly string[])[] = [
  ["muharram", "محرم"],
  ["safar", "صفر"],
  ["rabi i", "rabi al-awwal", "ربيع الأول", "ربيع الاول"],
  ["rabi ii", "rabi al-thani", "rabi al-akhir", "ربيع الثاني", "ربيع الآخر"],
  ["jumada i", "jumada al-awwal", "جمادى الأولى", "جمادى الاولى"],
  ["jumada ii", "jumada al-thani", "jumada al-akhirah", "جمادى الآخرة", "جمادى الثانية"],
  ["rajab", "رجب"],
  ["shaban", "sha'ban", "شعبان"],
  ["ramadan", "رمضان"],
  ["shawwal", "شوال"],
  ["dhu al-qadah", "dhu'l-qa'da", "ذو القعدة"],
  ["dhu al-hijjah", "dhu'l-hijja", "ذو الحجة"],
];

function entries(calendar: Calendar, months: readonly (readonly string[])[]) {
  return months.flatMap((names, i) => names.map((name) => [name, [calendar, i + 1] as const] as const));
}

export const MONTH_NAMES: ReadonlyMap<string, readonly [Calendar, number]> = new Map([
  ...entries("islamic-umalqura", ISLAMIC),
  ...entries("persian", PERSIAN),
  ...entries("iso8601", GREGORIAN),
]);
