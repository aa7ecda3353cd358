/** C2SP signed-note: a text, an empty line, and one line for each signature. And vkeys, the keys that sign notes. */
import { type Bytes, concat, fromBase64, toBase64, toHex, utf8 } from "../wire/bytes.ts";
import { isHonestKey, type Suite } from "../crypto/index.ts";
import { logError } from "./errors.ts";

/** What a note key signs: a note's own text, or a timestamped cosignature (C2SP tlog-cosignature). */
const NOTE_KEY_TYPES = { note: 0x01, cosignature: 0x04 } as const;
export type NoteKeyType = keyof typeof NOTE_KEY_TYPES;

/** A key by which a reader verifies: it comes from a roster or a policy, never from the note. */
export interface NoteKey {
  /** Non-empty, no white space, no plus sign. For a log's own key, the log's origin. */
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Bytes;
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes as 8 hexadecimal digits: says which key to try, and proves nothing. */
  readonly keyHash: string;
  readonly signature: Bytes;
}

export interface Note {
  /** With its final newline, without the empty line. */
  readonly body: string;
  readonly signatures: readonly NoteSignature[];
}

export const MAX_NOTE_BYTES = 16 * 1024;
const MAX_SIGNATURES = 32;
const NAME = /^[^\p{White_Space}\p{Cc}+]{1,256}$/u;
const DASH = "\u2014";

export function isKeyName(name: string): boolean {
  return NAME.test(name) && name.isWellFormed();
}

/** Key id: SHA-256(name || 0x0A || type || key)[:4], as 8 hexadecimal digits. */
export function noteKeyHash(suite: Pick<Suite, "sha256">, type: NoteKeyType, key: NoteKey): string {
  const id = suite.sha256(concat(utf8(`${key.name}\n`), Uint8Array.of(NOTE_KEY_TYPES[type]), key.publicKey));
  return toHex(id.subarray(0, 4));
}

/** One signature line with its newline: em dash, space, name, space, base64 of key id and signature. */
export function formatSignatureLine(suite: Pick<Suite, "sha256">, type: NoteKeyType, key: NoteKey, signature: Bytes) {
  if (!isKeyName(key.name)) throw logError("note-malformed", `"${key.name.slice(0, 80)}" is not a key's name.`);
  const id = Uint8Array.from(noteKeyHash(suite, type, key).match(/../g) as string[], (hex) => Number.parseInt(hex, 16));
  return `${DASH} ${key.name} ${toBase64(concat(id, signature))}\n`;
}

/** Strict, one line with its newline. Throws `note-malformed`. */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^\u2014 (\S{1,512}) ([A-Za-z0-9+/]{1,8192}={0,2})\n$/.exec(line);
  if (match === null || !isKeyName(match[1] as string)) throw malformed("a signature's line is not of the form");
  const bytes = base64(match[2] as string);
  if (bytes.length < 5) throw malformed("a signature is too short");
  return { name: match[1] as string, keyHash: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** Takes a note apart; nothing is verified. Throws `note-malformed`. */
export function parseNote(text: string): Note {
  if (text.length > MAX_NOTE_BYTES) throw malformed(`it has more than ${MAX_NOTE_BYTES} characters`);
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw malformed("it has control characters");
  if (!text.isWellFormed()) throw malformed("it is not well-formed Unicode");
  const gap = text.lastIndexOf("\n\n");
  if (gap < 1 || !text.endsWith("\n")) throw malformed("it has no text or no signatures");
  const lines = text.slice(gap + 2).match(/[^\n]*\n/g) ?? [];
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw malformed(`it has ${lines.length} signatures`);
  return { body: text.slice(0, gap + 1), signatures: lines.map(parseSignatureLine) };
}

/** A vkey, `name+key id+base64(type || key)`, as policies and other tools take it. */
export function formatVkey(suite: Pick<Suite, "sha256">, type: NoteKeyType, key: NoteKey): string {
  if (!isKeyName(key.name)) throw logError("vkey-malformed", `"${key.name.slice(0, 80)}" is not a key's name.`);
  const material = toBase64(concat(Uint8Array.of(NOTE_KEY_TYPES[type]), key.publicKey));
  return `${key.name}+${noteKeyHash(suite, type, key)}+${material}`;
}

/** Throws `vkey-malformed`, also where the key id does not belong to the name and key. */
export function parseVkey(suite: Pick<Suite, "sha256">, text: string): NoteKey & { readonly type: NoteKeyType } {
  const match = /^([^+]{1,512})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text);
  if (match === null || !isKeyName(match[1] as string)) throw logError("vkey-malformed", "This is not a verifier key.");
  const material = base64(match[3] as string, "vkey-malformed");
  const type = (Object.keys(NOTE_KEY_TYPES) as NoteKeyType[]).find((name) => NOTE_KEY_TYPES[name] === material[0]);
  const key = { name: match[1] as string, publicKey: material.slice(1) };
  if (type === undefined) throw logError("vkey-malformed", "This verifier key is of a type that is not taken.");
  if (!isHonestKey(key.publicKey) || noteKeyHash(suite, type, key) !== match[2]) {
    throw logError("vkey-malformed", "The key id does not belong to this name and key.");
  }
  return { ...key, type };
}

function base64(text: string, code: "note-malformed" | "vkey-malformed" = "note-malformed"): Bytes {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw logError(code, "Its base64 is not canonical.", { cause });
  }
}

function malformed(why: string) {
  return logError("note-malformed", `This is not a signed note: ${why}.`);
}
