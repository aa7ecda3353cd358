/** Archives (ZIP), unpacked under caps: what an entry says of its size is not believed. */
import { Inflate } from "fflate";
import type { Bytes } from "../../wire/bytes.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: Bytes;
  /** Of its contents, unpacked. */
  readonly crc: number;
}

const END = 0x06_05_4b_50;
const CENTRAL = 0x02_01_4b_50;
const LOCAL = 0x04_03_4b_50;

/** An archive's entries by name; each is unpacked when it is asked for, and all together within the cap. */
export class Archive {
  readonly #entries = new Map<string, Entry>();
  #left: number = LIMITS.unpacked_bytes;

  /** Throws archive-malformed. */
  constructor(bytes: Bytes) {
    for (const entry of entriesOf(bytes)) {
      if (this.#entries.has(entry.name)) throw malformed(`it has two entries "${entry.name.slice(0, 60)}"`);
      this.#entries.set(entry.name, entry);
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** The entry piece by piece; false where there is none. Throws archive-malformed, import-too-large. */
  read(name: string, take: (piece: Bytes) => void): boolean {
    const entry = this.#entries.get(name);
    if (entry === undefined) return false;
    const check = new Crc32();
    const counted = (piece: Bytes): void => {
      this.#left -= piece.length;
      if (this.#left < 0) {
        const most = LIMITS.unpacked_bytes / (1024 * 1024);
        throw intakeError("import-too-large", `Unpacked, the file has more than ${most} MiB.`);
      }
      check.add(piece);
      take(piece);
    };
    if (entry.method === 0) counted(entry.packed);
    else inflate(entry, counted);
    if (check.value !== entry.crc) throw malformed(`its entry "${name.slice(0, 60)}" is not what was packed`);
    return true;
  }

  /** The entry as text in UTF-8; null where there is none. Throws archive-malformed, import-too-large. */
  text(name: string): string | null {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let text = "";
    try {
      const found = this.read(name, (piece) => (text += decoder.decode(piece, { stream: true })));
      return found ? text + decoder.decode() : null;
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw malformed(`its entry "${name.slice(0, 60)}" is not UTF-8`, cause);
    }
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xed_b8_83_20;
  return value;
});

/** The check of archives (ISO 3309): one digit of a position that a bad disk has changed is no position. */
class Crc32 {
  #rest = 0xff_ff_ff_ff;

  add(bytes: Bytes): void {
    let rest = this.#rest;
    for (const byte of bytes) rest = (CRC_TABLE[(rest ^ byte) & 0xff] as number) ^ (rest >>> 8);
    this.#rest = rest;
  }

  get value(): number {
    return (this.#rest ^ 0xff_ff_ff_ff) >>> 0;
  }
}

/** Fed in small pieces, so that a bomb is met by the cap before it has grown. */
const PIECE = 16_384;

function inflate({ name, packed }: Entry, take: (piece: Bytes) => void): void {
  const inflater = new Inflate();
  inflater.ondata = take;
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      inflater.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (cause) {
    // The package's own faults bear a number as their code; everything else is not about the archive.
    if (typeof (cause as { code?: unknown }).code !== "number") throw cause;
    throw malformed(`its entry "${name.slice(0, 60)}" cannot be unpacked`, cause);
  }
}

function malformed(why: string, cause?: unknown) {
  return intakeError("archive-malformed", `The file is not a well-formed ZIP archive: ${why}.`, { cause });
}

/** From the central directory at its end, whose places must all lie in the file. */
function entriesOf(bytes: Bytes): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  if (count > LIMITS.entries) throw malformed(`it has ${count} entries, and at most ${LIMITS.entries} are read`);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw malformed("its directory is cut off");
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengths[0]));
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw malformed(`its entry "${name.slice(0, 60)}" is encrypted`);
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      packed: packedOf(bytes, view, at, name),
      crc: view.getUint32(at + 16, true),
    });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries.filter(({ name, method }) => !name.endsWith("/") && (method === 0 || method === 8));
}

function endRecord(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw malformed("it has no directory at its end");
}

function packedOf(bytes: Bytes, view: DataView, at: number, name: string): Bytes {
  const [size, local] = [view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  const isThere = local + 30 <= bytes.length && view.getUint32(local, true) === LOCAL;
  if (!isThere) throw malformed(`its entry "${name.slice(0, 60)}" is not where the directory says`);
  const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (begin + size > bytes.length) throw malformed(`its entry "${name.slice(0, 60)}" is cut off`);
  return bytes.subarray(begin, begin + size);
}
