/** Signed notes, checkpoints and cosignatures of C2SP, as spec/log.md narrows them. */
import { ed25519, sha256 } from "./crypto.ts";

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  readonly body: string;
  readonly signatures: readonly { readonly name: string; readonly blob: Buffer }[];
}

export function parseCheckpoint(note: string): Checkpoint {
  const split = note.indexOf("\n\n");
  const body = note.slice(0, split + 1);
  const lines = body.split("\n");
  if (split < 0 || lines.length !== 4) throw new Error("no checkpoint of three lines");
  const [origin, size, root] = lines as [string, string, string, string];
  if (!/^(0|[1-9][0-9]*)$/.test(size)) throw new Error("no size");
  const signatures = note
    .slice(split + 2)
    .split("\n")
    .filter((line) => line !== "")
    .map(signatureLine);
  return { origin, size: Number(size), root: Buffer.from(root, "base64"), body, signatures };
}

export function signatureLine(line: string): { name: string; blob: Buffer } {
  const parts = /^— (\S+) (\S+)\n?$/.exec(line);
  if (parts === null) throw new Error("no signature line");
  return { name: parts[1] as string, blob: Buffer.from(parts[2] as string, "base64") };
}

function keyId(name: string, type: number, key: Buffer): Buffer {
  return sha256(Buffer.from(`${name}\n`), Buffer.from([type]), key).subarray(0, 4);
}

export function logSigned({ origin, body, signatures }: Checkpoint, key: Buffer): boolean {
  const own = signatures.filter(
    ({ name, blob }) => name === origin && blob.subarray(0, 4).equals(keyId(origin, 1, key)),
  );
  return own.length > 0 && own.every(({ blob }) => ed25519(key, Buffer.from(body), blob.subarray(4)));
}

/** True where `line` is a receipt on this checkpoint by the party whose log and receipt key these are. */
export function receiptHolds({ body }: Checkpoint, line: string, signerOrigin: string, key: Buffer): boolean {
  const { name, blob } = signatureLine(line);
  if (name !== `${signerOrigin}/receipt` || blob.length !== 76) return false;
  if (!blob.subarray(0, 4).equals(keyId(name, 4, key))) return false;
  const time = blob.readBigUInt64BE(4);
  return ed25519(key, Buffer.from(`cosignature/v1\ntime ${time}\n${body}`), blob.subarray(12));
}
