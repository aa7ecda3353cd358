/** JSON objects that have one name twice: readers differ in which of the two they believe (RFC 8259, 4). */

/** Strings, with the colon that makes them names, and the ends of objects. */
const TOKENS = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}]/gs;

/** The first name that any object of well-formed JSON has twice; null where none has. */
export function repeatedName(json: string): string | null {
  const open: Set<string>[] = [];
  for (const [token, raw = "", colon] of json.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon !== undefined) {
      const name = raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
      const names = open.at(-1);
      if (names?.has(name) === true) return name;
      names?.add(name);
    }
  }
  return null;
}
