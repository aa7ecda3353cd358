/**
 * Makes `vectors/backup.json` anew: `node tools/vectors-backup.ts`. It writes the format from its page with
 * `node:crypto` alone, so that the vectors do not merely repeat what the command line does.
 */
import { createCipheriv, scryptSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type CborValue, encodeCbor } from "../src/wire/cbor.ts";

const PASSPHRASE = "correct horse battery";
const SALT = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
const KEY = scryptSync(PASSPHRASE, SALT, 32, { N: 32_768, r: 8, p: 1, maxmem: 64 << 20 });
const HEAD = Buffer.concat([Buffer.from("parley-backup/v1\n"), SALT]);

type Part = readonly [name: string, at: number, bytes: Uint8Array];

function frame(part: CborValue, number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 8);
  const cipher = createCipheriv("aes-256-gcm", KEY, nonce);
  cipher.setAAD(Buffer.from("parley/v1/backup"));
  const sealed = Buffer.concat([cipher.update(encodeCbor(part)), cipher.final(), cipher.getAuthTag()]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(sealed.length);
  return Buffer.concat([length, sealed]);
}

/** A backup of `parts`, with its last frame unless it is left out. */
function backup(parts: readonly Part[], last: CborValue | null = ["", parts.length, new Uint8Array(0)]): Buffer {
  const frames = [...parts, ...(last === null ? [] : [last])].map(frame);
  return Buffer.concat([HEAD, ...frames]);
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const PARTS: readonly Part[] = [
  ["parley.toml", 0, bytes('party = "northern"\n')],
  ["line/line.json", 0, bytes("{}")],
  ["line/line.json", 2, bytes("\n")],
  ["empty", 0, bytes("")],
];
const good = backup(PARTS);
const altered = Buffer.from(good);
altered[altered.length - 20] = (altered.at(-20) as number) ^ 1;

const files = { "parley.toml": 'party = "northern"\n', "line/line.json": "{}\n", empty: "" };
const refused: readonly (readonly [string, Buffer, string])[] = [
  ["another magic", Buffer.concat([Buffer.from("Q"), good.subarray(1)]), "backup-malformed"],
  ["one altered bit", altered, "backup-not-opened"],
  ["cut in its last frame", good.subarray(0, good.length - 3), "backup-malformed"],
  ["without its last frame", backup(PARTS, null), "backup-malformed"],
  ["a last frame that counts wrong", backup(PARTS, ["", 3, new Uint8Array(0)]), "backup-malformed"],
  ["bytes after its last frame", Buffer.concat([good, Buffer.from([0])]), "backup-malformed"],
  ["a name that leads out", backup([["../parley.toml", 0, bytes("x")]]), "backup-malformed"],
  ["a name that begins with a stroke", backup([["/etc/passwd", 0, bytes("x")]]), "backup-malformed"],
  ["a hidden name", backup([[".profile", 0, bytes("x")]]), "backup-malformed"],
  [
    "a gap in a file",
    backup([
      ["empty", 0, bytes("a")],
      ["empty", 2, bytes("b")],
    ]),
    "backup-malformed",
  ],
  [
    "a file twice",
    backup([
      ["empty", 0, bytes("a")],
      ["other", 0, bytes("b")],
      ["empty", 0, bytes("c")],
    ]),
    "backup-malformed",
  ],
];

const page = {
  spec: "spec/backup.md",
  passphrase: PASSPHRASE,
  valid: [{ name: "three files, one of them in two parts, one empty", bytes: good.toString("base64"), files }],
  invalid: refused.map(([name, content, code]) => ({ name, bytes: content.toString("base64"), code })),
};
writeFileSync(new URL("../vectors/backup.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
