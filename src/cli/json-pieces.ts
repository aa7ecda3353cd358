/** JSON in pieces: of millions of rows the whole would be longer than any text can be. */

/** So many entries of a list come in one piece. */
const TOGETHER = 1000;

/**
 * Together exactly what `JSON.stringify` makes of it; of an object's lists a piece holds a part. A list may be one that
 * comes by and by.
 */
export async function* jsonPieces(value: unknown): AsyncGenerator<string> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || "toJSON" in value) {
    yield JSON.stringify(value);
    return;
  }
  let before = "{";
  for (const [key, inner] of Object.entries(value)) {
    const isList = Array.isArray(inner) || isComing(inner);
    const text = isList ? "[" : JSON.stringify(inner);
    if (text === undefined) continue;
    yield `${before}${JSON.stringify(key)}:${text}`;
    if (isList) yield* listPieces(isComing(inner) ? inner : (inner as readonly unknown[]));
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function isComing(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function* listPieces(list: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = "";
  let some: unknown[] = [];
  const piece = (): string => `${before}${JSON.stringify(some).slice(1, -1)}`;
  for await (const each of list) {
    some.push(each);
    if (some.length < TOGETHER) continue;
    yield piece();
    [before, some] = [",", []];
  }
  if (some.length > 0) yield piece();
  yield "]";
}
