/**
 * Real towns of northern Iraq, positions authored from general knowledge to about a kilometre, with their names in Arabic
 * and in Kurdish (Sorani): labels on the base map, never a source for anybody's footprint.
 */
export interface Town {
  readonly name: string;
  /** By language; Persian takes the Arabic letters' name. */
  readonly names: { readonly ar: string; readonly ckb: string };
  readonly lat: number;
  readonly lon: number;
  /** 1 a large city, 2 a town, 3 a small one: decides from which zoom it is labelled. */
  readonly rank: 1 | 2 | 3;
}

const town = (rank: Town["rank"], name: string, ar: string, ckb: string, lat: number, lon: number): Town => ({
  name,
  names: { ar, ckb },
  lat,
  lon,
  rank,
});

export const TOWNS: readonly Town[] = [
  town(1, "Mosul", "الموصل", "مووسڵ", 36.34, 43.13),
  town(1, "Erbil", "أربيل", "هەولێر", 36.19, 44.01),
  town(1, "Kirkuk", "كركوك", "کەرکووک", 35.47, 44.39),
  town(1, "Sulaymaniyah", "السليمانية", "سلێمانی", 35.56, 45.43),
  town(1, "Duhok", "دهوك", "دهۆک", 36.87, 42.99),
  town(1, "Tikrit", "تكريت", "تکریت", 34.61, 43.68),
  town(2, "Zakho", "زاخو", "زاخۆ", 37.15, 42.68),
  town(2, "Tal Afar", "تلعفر", "تەلەعفەر", 36.38, 42.45),
  town(2, "Sinjar", "سنجار", "شنگال", 36.32, 41.87),
  town(2, "Rabia", "ربيعة", "ڕەبیعە", 36.81, 42.08),
  town(2, "Qayyarah", "القيارة", "قەیارە", 35.8, 43.29),
  town(2, "Makhmur", "مخمور", "مەخموور", 35.78, 43.58),
  town(2, "Hawija", "الحويجة", "حەویجە", 35.33, 43.77),
  town(2, "Tuz Khurmatu", "طوز خورماتو", "دووزخورماتوو", 34.89, 44.63),
  town(2, "Baiji", "بيجي", "بێجی", 34.93, 43.49),
  town(2, "Samarra", "سامراء", "سامەڕا", 34.2, 43.88),
  town(2, "Akre", "عقرة", "ئاکرێ", 36.76, 43.89),
  town(2, "Amedi", "العمادية", "ئامێدی", 37.09, 43.49),
  town(2, "Soran", "سوران", "سۆران", 36.65, 44.54),
  town(2, "Ranya", "رانية", "ڕانیە", 36.26, 44.88),
  town(2, "Koy Sanjaq", "كويسنجق", "کۆیە", 36.08, 44.63),
  town(2, "Halabja", "حلبجة", "هەڵەبجە", 35.18, 45.99),
  town(2, "Chamchamal", "جمجمال", "چەمچەماڵ", 35.53, 44.83),
  town(2, "Al-Shirqat", "الشرقاط", "شەرقات", 35.51, 43.23),
  town(2, "Kifri", "كفري", "کفری", 34.69, 44.96),
  town(3, "Al-Hamdaniya", "الحمدانية", "حەمدانیە", 36.27, 43.38),
  town(3, "Tel Keppe", "تلكيف", "تلکێف", 36.49, 43.12),
  town(3, "Khabat", "خبات", "خەبات", 36.28, 43.67),
  town(3, "Altun Kupri", "ألتون كوبري", "پردێ", 35.76, 44.14),
  town(3, "Dibis", "دبس", "دبس", 35.67, 44.07),
  town(3, "Hatra", "الحضر", "حەزەر", 35.58, 42.72),
  town(3, "Al-Ba'aj", "البعاج", "بەعاج", 36.04, 41.72),
  town(3, "Shaqlawa", "شقلاوة", "شەقڵاوە", 36.4, 44.33),
  town(3, "Dukan", "دوكان", "دووکان", 35.93, 44.96),
  town(3, "Daquq", "داقوق", "داقووق", 35.14, 44.45),
  town(3, "Al-Shaikhan", "الشيخان", "شێخان", 36.7, 43.35),
];

/** A town's name as the reader's language writes it, where it is known. */
export function townName({ name, names }: Town, language: string): string {
  if (language === "ar" || language === "fa") return names.ar;
  return language === "ckb" ? names.ckb : name;
}
