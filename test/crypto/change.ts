/** Every byte string that differs from `original` in one byte: each single bit, and the whole byte. */
export function* singleByteChanges(original: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < original.length; at++) {
    for (const flip of [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff]) {
      const changed = Uint8Array.from(original);
      changed[at] = (changed[at] as number) ^ flip;
      yield changed;
    }
  }
}
