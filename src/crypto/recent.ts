/** Remembers what `make` made for the `limit` most recently asked keys, so that one key is not prepared anew each time. */
export function recent<Value>(limit: number, make: (key: Uint8Array) => Value): (key: Uint8Array) => Value {
  const kept = new Map<string, Value>();
  return (key) => {
    const name = nameOf(key);
    let value = kept.get(name);
    if (value === undefined) {
      value = make(key);
      if (kept.size >= limit) kept.delete(kept.keys().next().value as string);
    } else {
      kept.delete(name);
    }
    kept.set(name, value);
    return value;
  };
}

/** Remembers of the `limit` newest names for which `ask` said true that it did. `name` stands for all that `ask` goes by. */
export function rememberTrue(limit: number): (name: Uint8Array, ask: () => boolean) => boolean {
  const kept = new Set<string>();
  return (name, ask) => {
    const key = nameOf(name);
    if (kept.has(key)) return true;
    if (!ask()) return false;
    if (kept.size >= limit) kept.delete(kept.values().next().value as string);
    kept.add(key);
    return true;
  };
}

/** Each byte a character: a decoder takes several times as long for what is so short. */
function nameOf(key: Uint8Array): string {
  return String.fromCharCode.apply(null, key as unknown as number[]);
}
