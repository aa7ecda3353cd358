/**
 * Keys that were made in this browser, in its own database: as handles to sign with, without a way to read them. They stay
 * until the officer removes them; what is opened from a file is never put here.
 */
import { generateKey, type HeldKey, heldSigner, type OfficerKey } from "./key.ts";

export interface KeptKey extends HeldKey {
  readonly party: string;
  readonly officer: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
}

const DATABASE = "parley-keys";
const STORE = "keys";

/** Makes one and keeps it, in place of one of the same name. */
export async function makeKey(party: string, officer: string): Promise<KeptKey> {
  const made: KeptKey = { ...(await generateKey()), party, officer, madeAt: Date.now() };
  await within("readwrite", (store) => store.put(made));
  // Where it is refused, the browser may clear the key when its disk is full: then another is made.
  await navigator.storage.persist().catch(() => false);
  return made;
}

export async function keptKeys(party: string): Promise<readonly KeptKey[]> {
  const all = (await within("readonly", (store) => store.getAll())) as readonly KeptKey[];
  return all.filter((kept) => kept.party === party);
}

export async function removeKey({ party, officer }: KeptKey): Promise<void> {
  await within("readwrite", (store) => store.delete([party, officer]));
}

export function keyOf({ party, officer, key, publicKey }: KeptKey): OfficerKey {
  return { party, officer, signer: heldSigner(key, new Uint8Array(publicKey)) };
}

async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener("upgradeneeded", () => {
    opening.result.createObjectStore(STORE, { keyPath: ["party", "officer"] });
  });
  const database = await done(opening);
  try {
    return await done(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("The browser's database failed.")));
  });
}
