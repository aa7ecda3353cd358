/** CSV (RFC 4180) for spreadsheets that other people's words must not program. */

/**
 * What a spreadsheet takes for a formula begins with one of these; the wide forms are taken for them in some. A number is
 * left as it is: minus one is no formula.
 */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Lines with CRLF at their ends; what begins like a formula gets an apostrophe. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
