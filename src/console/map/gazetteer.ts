/**
 * Real towns of northern Iraq, positions authored from general knowledge to about a kilometre: labels on the base map,
 * never a source for anybody's footprint.
 */
export interface Town {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  /** 1 a large city, 2 a town, 3 a small one: decides from which zoom it is labelled. */
  readonly rank: 1 | 2 | 3;
}

const town = (rank: Town["rank"], name: string, lat: number, lon: number): Town => ({ name, lat, lon, rank });

export const TOWNS: readonly Town[] = [
  town(1, "Mosul", 36.34, 43.13),
  town(1, "Erbil", 36.19, 44.01),
  town(1, "Kirkuk", 35.47, 44.39),
  town(1, "Sulaymaniyah", 35.56, 45.43),
  town(1, "Duhok", 36.87, 42.99),
  town(1, "Tikrit", 34.61, 43.68),
  town(2, "Zakho", 37.15, 42.68),
  town(2, "Tal Afar", 36.38, 42.45),
  town(2, "Sinjar", 36.32, 41.87),
  town(2, "Rabia", 36.81, 42.08),
  town(2, "Qayyarah", 35.8, 43.29),
  town(2, "Makhmur", 35.78, 43.58),
  town(2, "Hawija", 35.33, 43.77),
  town(2, "Tuz Khurmatu", 34.89, 44.63),
  town(2, "Baiji", 34.93, 43.49),
  town(2, "Samarra", 34.2, 43.88),
  town(2, "Akre", 36.76, 43.89),
  town(2, "Amedi", 37.09, 43.49),
  town(2, "Soran", 36.65, 44.54),
  town(2, "Ranya", 36.26, 44.88),
  town(2, "Koy Sanjaq", 36.08, 44.63),
  town(2, "Halabja", 35.18, 45.99),
  town(2, "Chamchamal", 35.53, 44.83),
  town(2, "Al-Shirqat", 35.51, 43.23),
  town(2, "Kifri", 34.69, 44.96),
  town(3, "Al-Hamdaniya", 36.27, 43.38),
  town(3, "Tel Keppe", 36.49, 43.12),
  town(3, "Khabat", 36.28, 43.67),
  town(3, "Altun Kupri", 35.76, 44.14),
  town(3, "Dibis", 35.67, 44.07),
  town(3, "Hatra", 35.58, 42.72),
  town(3, "Al-Ba'aj", 36.04, 41.72),
  town(3, "Shaqlawa", 36.4, 44.33),
  town(3, "Dukan", 35.93, 44.96),
  town(3, "Daquq", 35.14, 44.45),
  town(3, "Al-Shaikhan", 36.7, 43.35),
];
