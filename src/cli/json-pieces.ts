/** JSON in pieces: of millions of rows the whole would be longer than any text can be. */

/** So many entries of a list come in one piece. */
const TOGETHER = 1000;

/** Together exactly what `JSON.stringify` makes of it; of an object's lists a piece holds a part. */
export function* jsonPieces(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || "toJSON" in value) {
    yield JSON.stringify(value);
    return;
  }
  let before = "{";
  for (const [key, inner] of Object.entries(value)) {
    const text = Array.isArray(inner) ? "[" : JSON.stringify(inner);
    if (text === undefined) continue;
    yield `${before}${JSON.stringify(key)}:${text}`;
    if (Array.isArray(inner)) yield* listPieces(inner);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  for (let at = 0; at < list.length; at += TOGETHER) {
    yield `${at === 0 ? "" : ","}${JSON.stringify(list.slice(at, at + TOGETHER)).slice(1, -1)}`;
  }
  yield "]";
}
