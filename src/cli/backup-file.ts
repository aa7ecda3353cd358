/**
 * A backup: a node's files in one file under a passphrase (spec/backup.md). It holds the node's keys and its plans, so
 * nothing of it may be read without the passphrase, and nothing of it may be missing unnoticed.
 *
 *     "parley-backup/v1\n" || salt (16 bytes) || frame ... || last frame
 *     frame = u32be length || AES-256-GCM(key, nonce = u96be counter, aad = "parley/v1/backup")
 *     plaintext = CBOR [name, offset, bytes], the last one ["", number of frames before it, h'']
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Suite } from "../crypto/index.ts";
import type { AtRest } from "../server/index.ts";
import { isStoreSound } from "../store/index.ts";
import { type Bytes, concat, equalBytes, utf8 } from "../wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { isParleyError } from "../wire/error.ts";
import { asArray, asBytes, asInteger, asText } from "../wire/shape.ts";
import { cliError } from "./errors.ts";

const MAGIC = utf8("parley-backup/v1\n");
const AAD = utf8("parley/v1/backup");
const SALT_BYTES = 16;
const KDF = { n: 2 ** 15, r: 8, p: 1 } as const;
const CHUNK = 1 << 20;
/** A chunk with its name, its CBOR heads and its tag. */
const MAX_FRAME = CHUNK + 1024;
/** Relative, below the directory, of plain characters: a hostile backup writes nowhere else. */
const NAME = /^(?:[a-z0-9-]+\/){0,2}[a-z0-9][a-z0-9.-]*$/;

type Show = (bytes: number) => void;

/** Writes `names`, read from `source`, to `path`, which must not exist; on disk when this returns. */
export function writeBackup(
  suite: Suite,
  path: string,
  source: ReadonlyMap<string, string>,
  passphrase: string,
  show: Show,
): void {
  const salt = suite.randomBytes(SALT_BYTES);
  const seal = sealer(suite, keyOf(suite, passphrase, salt));
  const out = openSync(path, "wx", 0o600);
  let done = 0;
  try {
    writeAll(out, concat(MAGIC, salt));
    for (const [name, file] of source) {
      done =
        copyIn(
          file,
          (offset, bytes) => writeAll(out, seal.frame([name, offset, bytes])),
          (at) => show(done + at),
        ) + done;
    }
    writeAll(out, seal.frame(["", seal.count(), new Uint8Array(0)]));
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
}

function copyIn(path: string, write: (offset: number, bytes: Bytes) => void, show: Show): number {
  const file = openSync(path, "r");
  try {
    const { size } = statSync(path);
    let offset = 0;
    do {
      const bytes = readFully(file, Math.min(CHUNK, size - offset));
      write(offset, bytes);
      offset += bytes.length;
      show(offset);
    } while (offset < size);
    return size;
  } finally {
    closeSync(file);
  }
}

/** Writes every file of the backup below `target`; throws, and leaves what it wrote, where any of it is not sound. */
export function readBackup(suite: Suite, path: string, target: string, passphrase: string, show: Show): string[] {
  const file = openSync(path, "r");
  const names: string[] = [];
  let open: { readonly name: string; readonly out: number; at: number } | null = null;
  const close = () => {
    if (open === null) return;
    fsyncSync(open.out);
    closeSync(open.out);
    open = null;
  };
  try {
    if (!equalBytes(readSome(file, MAGIC.length), MAGIC)) throw malformed("it does not begin as one");
    const salt = readFully(file, SALT_BYTES);
    const frames = framesOf(suite, file, keyOf(suite, passphrase, salt));
    let read = 0;
    for (const { name, offset, bytes } of frames) {
      if (offset === 0) {
        close();
        if (names.includes(name)) throw malformed("it holds a file twice");
        names.push(name);
        mkdirSync(dirname(join(target, name)), { recursive: true, mode: 0o700 });
        open = { name, out: openSync(join(target, name), "wx", 0o600), at: 0 };
      }
      if (open?.name !== name || open.at !== offset) throw malformed("a part of a file is missing");
      writeAll(open.out, bytes);
      open.at += bytes.length;
      show((read += bytes.length));
    }
    return names;
  } finally {
    close();
    closeSync(file);
  }
}

/** @throws backup-malformed */
export function requireSoundStores(dir: string, names: readonly string[], rest: AtRest): void {
  const stores = names.filter((name) => name.endsWith(".sqlite"));
  const broken = stores.find((name) => !isStoreSound(join(dir, name), rest.pageKey(name)));
  if (broken !== undefined) throw cliError("backup-malformed", `The backup's ${broken} is damaged.`);
}

interface Frame {
  readonly name: string;
  readonly offset: number;
  readonly bytes: Bytes;
}

function* framesOf(suite: Suite, file: number, key: Bytes): Generator<Frame> {
  for (let counter = 0; ; counter++) {
    const length = new DataView(readFully(file, 4).buffer).getUint32(0);
    if (length > MAX_FRAME) throw malformed("a part of it is too long");
    const plain = suite.aesGcmOpen(key, nonceOf(counter), AAD, readFully(file, length));
    if (plain === null)
      throw cliError("backup-not-opened", "The passphrase does not open this backup, or it was altered.");
    const frame = frameFrom(plain);
    if (frame.name === "") {
      if (frame.offset !== counter || readSome(file, 1).length > 0) throw malformed("its end is not where it says");
      return;
    }
    if (!NAME.test(frame.name)) throw malformed("it names a file outside of the directory");
    yield frame;
  }
}

function frameFrom(plain: Bytes): Frame {
  try {
    const [name, offset, bytes] = asArray(decodeCbor(plain, MAX_FRAME), "frame", 3);
    return {
      name: asText(name, "name", 200),
      offset: asInteger(offset, "offset", 0, Number.MAX_SAFE_INTEGER),
      bytes: asBytes(bytes, "bytes"),
    };
  } catch (cause) {
    if (!isParleyError(cause)) throw cause;
    throw malformed("a part of it has another form");
  }
}

function sealer(suite: Suite, key: Bytes) {
  let counter = 0;
  return {
    count: () => counter,
    frame(parts: readonly [string, number, Bytes]): Bytes {
      const sealed = suite.aesGcmSeal(key, nonceOf(counter), AAD, encodeCbor(parts));
      counter += 1;
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, sealed.length);
      return concat(length, sealed);
    },
  };
}

/** The key serves for one backup only (its salt is fresh), so that a counter never repeats under it. */
function nonceOf(counter: number): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(counter));
  return nonce;
}

function keyOf(suite: Suite, passphrase: string, salt: Bytes): Bytes {
  return suite.scrypt(utf8(passphrase.normalize("NFKC")), salt, KDF.n, KDF.r, KDF.p, 32);
}

function writeAll(file: number, bytes: Bytes): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function readSome(file: number, length: number): Bytes {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const read = readSync(file, bytes, at, length - at, null);
    if (read === 0) break;
    at += read;
  }
  return bytes.subarray(0, at);
}

function readFully(file: number, length: number): Bytes {
  const bytes = readSome(file, length);
  if (bytes.length < length) throw malformed("its end is missing");
  return bytes;
}

function malformed(why: string) {
  return cliError("backup-malformed", `This is not a backup that can be restored: ${why}.`);
}
