/**
 * Real towns of northern Iraq, positions authored from general knowledge to about a kilometre, with their names in
 * the languages that do not write them in Latin letters: labels on the base map, never a source for anybody's footprint.
 */
export interface Town {
  readonly name: string;
  readonly names: Readonly<Record<"ar" | "fa" | "ckb" | "ru" | "uk", string>>;
  readonly lat: number;
  readonly lon: number;
  /** 1 a large city, 2 a town, 3 a small one: decides from which zoom it is labelled. */
  readonly rank: 1 | 2 | 3;
}

const town = (rank: Town["rank"], name: string, names: Town["names"], lat: number, lon: number): Town => ({
  name,
  names,
  lat,
  lon,
  rank,
});

export const TOWNS: readonly Town[] = [
  town(1, "Mosul", { ar: "الموصل", fa: "موصل", ckb: "مووسڵ", ru: "Мосул", uk: "Мосул" }, 36.34, 43.13),
  town(1, "Erbil", { ar: "أربيل", fa: "اربیل", ckb: "هەولێر", ru: "Эрбиль", uk: "Ербіль" }, 36.19, 44.01),
  town(1, "Kirkuk", { ar: "كركوك", fa: "کرکوک", ckb: "کەرکووک", ru: "Киркук", uk: "Кіркук" }, 35.47, 44.39),
  town(
    1,
    "Sulaymaniyah",
    { ar: "السليمانية", fa: "سلیمانیه", ckb: "سلێمانی", ru: "Сулеймания", uk: "Сулейманія" },
    35.56,
    45.43,
  ),
  town(1, "Duhok", { ar: "دهوك", fa: "دهوک", ckb: "دهۆک", ru: "Дахук", uk: "Дахук" }, 36.87, 42.99),
  town(1, "Tikrit", { ar: "تكريت", fa: "تکریت", ckb: "تکریت", ru: "Тикрит", uk: "Тікріт" }, 34.61, 43.68),
  town(2, "Zakho", { ar: "زاخو", fa: "زاخو", ckb: "زاخۆ", ru: "Захо", uk: "Захо" }, 37.15, 42.68),
  town(2, "Tal Afar", { ar: "تلعفر", fa: "تلعفر", ckb: "تەلەعفەر", ru: "Талль-Афар", uk: "Талль-Афар" }, 36.38, 42.45),
  town(2, "Sinjar", { ar: "سنجار", fa: "سنجار", ckb: "شنگال", ru: "Синджар", uk: "Синджар" }, 36.32, 41.87),
  town(2, "Rabia", { ar: "ربيعة", fa: "ربیعه", ckb: "ڕەبیعە", ru: "Рабиа", uk: "Рабія" }, 36.81, 42.08),
  town(2, "Qayyarah", { ar: "القيارة", fa: "قیاره", ckb: "قەیارە", ru: "Кайяра", uk: "Кайяра" }, 35.8, 43.29),
  town(2, "Makhmur", { ar: "مخمور", fa: "مخمور", ckb: "مەخموور", ru: "Махмур", uk: "Махмур" }, 35.78, 43.58),
  town(2, "Hawija", { ar: "الحويجة", fa: "حویجه", ckb: "حەویجە", ru: "Хавиджа", uk: "Хавіджа" }, 35.33, 43.77),
  town(
    2,
    "Tuz Khurmatu",
    { ar: "طوز خورماتو", fa: "طوزخورماتو", ckb: "دووزخورماتوو", ru: "Туз-Хурмату", uk: "Туз-Хурмату" },
    34.89,
    44.63,
  ),
  town(2, "Baiji", { ar: "بيجي", fa: "بیجی", ckb: "بێجی", ru: "Байджи", uk: "Байджі" }, 34.93, 43.49),
  town(2, "Samarra", { ar: "سامراء", fa: "سامرا", ckb: "سامەڕا", ru: "Самарра", uk: "Самарра" }, 34.2, 43.88),
  town(2, "Akre", { ar: "عقرة", fa: "عقره", ckb: "ئاکرێ", ru: "Акра", uk: "Акра" }, 36.76, 43.89),
  town(2, "Amedi", { ar: "العمادية", fa: "عمادیه", ckb: "ئامێدی", ru: "Амадия", uk: "Амадія" }, 37.09, 43.49),
  town(2, "Soran", { ar: "سوران", fa: "سوران", ckb: "سۆران", ru: "Соран", uk: "Соран" }, 36.65, 44.54),
  town(2, "Ranya", { ar: "رانية", fa: "رانیه", ckb: "ڕانیە", ru: "Рания", uk: "Ранія" }, 36.26, 44.88),
  town(
    2,
    "Koy Sanjaq",
    { ar: "كويسنجق", fa: "کویسنجق", ckb: "کۆیە", ru: "Кой-Санджак", uk: "Кой-Санджак" },
    36.08,
    44.63,
  ),
  town(2, "Halabja", { ar: "حلبجة", fa: "حلبچه", ckb: "هەڵەبجە", ru: "Халабджа", uk: "Халабджа" }, 35.18, 45.99),
  town(
    2,
    "Chamchamal",
    { ar: "جمجمال", fa: "چمچمال", ckb: "چەمچەماڵ", ru: "Чамчамаль", uk: "Чамчамаль" },
    35.53,
    44.83,
  ),
  town(2, "Al-Shirqat", { ar: "الشرقاط", fa: "شرقاط", ckb: "شەرقات", ru: "Эш-Ширкат", uk: "Еш-Шіркат" }, 35.51, 43.23),
  town(2, "Kifri", { ar: "كفري", fa: "کفری", ckb: "کفری", ru: "Кифри", uk: "Кіфрі" }, 34.69, 44.96),
  town(
    3,
    "Al-Hamdaniya",
    { ar: "الحمدانية", fa: "حمدانیه", ckb: "حەمدانیە", ru: "Эль-Хамдания", uk: "Ель-Хамданія" },
    36.27,
    43.38,
  ),
  town(3, "Tel Keppe", { ar: "تلكيف", fa: "تلکیف", ckb: "تلکێف", ru: "Тель-Кейф", uk: "Тель-Кейф" }, 36.49, 43.12),
  town(3, "Khabat", { ar: "خبات", fa: "خبات", ckb: "خەبات", ru: "Хабат", uk: "Хабат" }, 36.28, 43.67),
  town(
    3,
    "Altun Kupri",
    { ar: "ألتون كوبري", fa: "آلتون کوپری", ckb: "پردێ", ru: "Алтун-Кёпрю", uk: "Алтун-Кьопрю" },
    35.76,
    44.14,
  ),
  town(3, "Dibis", { ar: "دبس", fa: "دبس", ckb: "دبس", ru: "Дибис", uk: "Дібіс" }, 35.67, 44.07),
  town(3, "Hatra", { ar: "الحضر", fa: "هترا", ckb: "حەزەر", ru: "Хатра", uk: "Хатра" }, 35.58, 42.72),
  town(3, "Al-Ba'aj", { ar: "البعاج", fa: "بعاج", ckb: "بەعاج", ru: "Эль-Баадж", uk: "Ель-Баадж" }, 36.04, 41.72),
  town(3, "Shaqlawa", { ar: "شقلاوة", fa: "شقلاوه", ckb: "شەقڵاوە", ru: "Шаклава", uk: "Шаклава" }, 36.4, 44.33),
  town(3, "Dukan", { ar: "دوكان", fa: "دوکان", ckb: "دووکان", ru: "Дукан", uk: "Дукан" }, 35.93, 44.96),
  town(3, "Daquq", { ar: "داقوق", fa: "داقوق", ckb: "داقووق", ru: "Дакук", uk: "Дакук" }, 35.14, 44.45),
  town(3, "Al-Shaikhan", { ar: "الشيخان", fa: "شیخان", ckb: "شێخان", ru: "Шейхан", uk: "Шейхан" }, 36.7, 43.35),
];

/** A town's name as the reader's language writes it, where it is known. */
export function townName({ name, names }: Town, language: string): string {
  return (names as Readonly<Record<string, string | undefined>>)[language] ?? name;
}
