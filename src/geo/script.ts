/** Digits, marks and words of several scripts, as the plain letters and marks that coordinates and times are read in. */

const ARABIC_ZERO = 0x06_60;
const PERSIAN_ZERO = 0x06_f0;
const WIDE_ZERO = 0xff_10;

/**
 * Arabic-Indic, Persian and full-width digits become plain ones, the Arabic decimal point a point; primes, quotes and
 * dashes become one form each; marks of writing direction, which say nothing in a number, go.
 */
export function plainMarks(text: string): string {
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, plainDigit)
    .replace(/\u066b/g, ".")
    .replace(/[\u060c\uff0c]/g, ",")
    .replace(/\u061b/g, ";")
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[′’‘‵ʹʼ´`＇]/g, "'")
    .replace(/[″”“„ʺ〃＂]|''/g, '"')
    .replace(/[º˚∘⁰]/g, "°")
    .replace(/[−–—‐‑‒－]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

function plainDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = code >= WIDE_ZERO ? WIDE_ZERO : code >= PERSIAN_ZERO ? PERSIAN_ZERO : ARABIC_ZERO;
  return String(code - zero);
}

/** Words for hemispheres and units, in capitals, and the letter or mark that each stands for. Longer ones come first. */
const WORDS: readonly (readonly [words: RegExp, mark: string])[] = [
  [/(?<!\p{L})(?:NORTH|NORD|NORTE|شمالا|شمالًا|شمالاً|شمالي|شمالی|شمال|С\. ?Ш\.?|СШ|ПН\. ?Ш\.?)(?!\p{L})/gu, "N"],
  [/(?<!\p{L})(?:SOUTH|SUD|SUR|جنوبا|جنوبًا|جنوباً|جنوبي|جنوبی|جنوب|Ю\. ?Ш\.?|ЮШ|ПД\. ?Ш\.?)(?!\p{L})/gu, "S"],
  [/(?<!\p{L})(?:EAST|EST|ESTE|شرقا|شرقًا|شرقاً|شرقي|شرقی|شرق|В\. ?Д\.?|ВД|СХ\. ?Д\.?)(?!\p{L})/gu, "E"],
  [/(?<!\p{L})(?:WEST|OUEST|OESTE|غربا|غربًا|غرباً|غربي|غربی|غرب|З\. ?Д\.?|ЗД|ЗХ\. ?Д\.?)(?!\p{L})/gu, "W"],
  [/(?<!\p{L})(?:DEGREES?|DEGS?|DEGRÉS?|درجات|درجة|درجه|ГРАДУСОВ|ГРАД|ГР)(?!\p{L})\.?/gu, "°"],
  [/(?<!\p{L})(?:MINUTES?|MINS?|دقائق|دقيقة|دقیقه|МИНУТ|МІН|МИН)(?!\p{L})\.?/gu, "'"],
  [/(?<!\p{L})(?:SECONDS?|SECS?|SECONDES?|ثواني|ثانية|ثانیه|СЕКУНД|СЕК)(?!\p{L})\.?/gu, '"'],
];

/** Words of hemispheres and units in English, French, Spanish, Arabic, Persian, Russian and Ukrainian, as letters and marks. */
export function plainWords(text: string): string {
  return WORDS.reduce((plain, [words, mark]) => plain.replace(words, mark), text);
}
