/**
 * The bound: what one message costs that nobody could do without, in one process and without a network. Two signatures
 * over its 1 KiB, a commit of it on its author's side, its content key encapsulated and the text enciphered; the same
 * backwards with both signatures checked, a commit on the other side; a receipt signed, checked, and kept.
 */
import {
  createCipheriv,
  createDecipheriv,
  decapsulate,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

const NONCE = Buffer.alloc(12);

/** Messages a second, one after another. */
export function boundPerSecond(messages: number): number {
  const dir = mkdtempSync(join(tmpdir(), "parley-bench-bound-"));
  const sides = ["author", "receiver"].map((name) => openSide(join(dir, `${name}.sqlite`)));
  try {
    const keys = makeKeys();
    const [author, receiver] = sides as [Side, Side];
    const began = performance.now();
    for (let i = 0; i < messages; i++) oneMessage(keys, author, receiver, i);
    return (1000 * messages) / (performance.now() - began);
  } finally {
    for (const { db } of sides) db.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Side {
  readonly db: DatabaseSync;
  readonly keep: StatementSync;
}

function openSide(path: string): Side {
  const db = new DatabaseSync(path);
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entry (idx INTEGER PRIMARY KEY, bytes BLOB)",
  );
  return { db, keep: db.prepare("INSERT INTO entry (bytes) VALUES (?)") };
}

export interface Keys {
  readonly officers: readonly { readonly publicKey: KeyObject; readonly privateKey: KeyObject }[];
  readonly receipt: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly kem: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly agreed: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

export function makeKeys(): Keys {
  return {
    officers: [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")],
    receipt: generateKeyPairSync("ed25519"),
    kem: generateKeyPairSync("ml-kem-768"),
    agreed: generateKeyPairSync("x25519"),
  };
}

function oneMessage(keys: Keys, author: Side, receiver: Side, i: number): void {
  const said = Buffer.concat([Buffer.from(String(i).padStart(8)), randomBytes(1016)]);
  const signatures = keys.officers.map(({ privateKey }) => sign(null, said, privateKey));
  const sealed = seal(keys, said);
  author.keep.run(sealed.box.subarray(0, 1024));
  receiver.keep.run(sealed.box.subarray(0, 1024));
  if (!open(keys, sealed, signatures)) throw new Error("The bound's own cryptography does not hold together.");
  const root = hash("sha256", sealed.box, "buffer");
  if (!verify(null, root, keys.receipt.publicKey, sign(null, root, keys.receipt.privateKey)))
    throw new Error("receipt");
}

export interface Sealed {
  /** What is in the box. */
  readonly said: Buffer;
  readonly box: Buffer;
  readonly kemCiphertext: Buffer;
  readonly ephemeral: KeyObject;
}

export function seal({ kem, agreed }: Keys, said: Buffer): Sealed {
  const ephemeral = generateKeyPairSync("x25519");
  const { sharedKey, ciphertext } = encapsulate(kem.publicKey);
  const second = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: agreed.publicKey });
  const cipher = createCipheriv("aes-256-gcm", hash("sha3-256", Buffer.concat([sharedKey, second]), "buffer"), NONCE);
  const box = Buffer.concat([cipher.update(said), cipher.final(), cipher.getAuthTag()]);
  return { said, box, kemCiphertext: ciphertext, ephemeral: ephemeral.publicKey };
}

/** Decapsulates, deciphers, and checks both signatures: what a receiver cannot do without. */
export function open(
  { kem, agreed, officers }: Keys,
  sealed: Sealed,
  signatures: readonly Buffer[],
  what: "open" | "signatures" = "open",
): boolean {
  const said = what === "open" ? deciphered(kem, agreed, sealed) : sealed.said;
  return officers.every(({ publicKey }, i) => verify(null, said, publicKey, signatures[i] as Buffer));
}

function deciphered(kem: Keys["kem"], agreed: Keys["agreed"], sealed: Sealed): Buffer {
  const first = decapsulate(kem.privateKey, sealed.kemCiphertext);
  const second = diffieHellman({ privateKey: agreed.privateKey, publicKey: sealed.ephemeral });
  const decipher = createDecipheriv("aes-256-gcm", hash("sha3-256", Buffer.concat([first, second]), "buffer"), NONCE);
  decipher.setAuthTag(sealed.box.subarray(-16));
  return Buffer.concat([decipher.update(sealed.box.subarray(0, -16)), decipher.final()]);
}
