/** Two officers sign, one side encrypts, the other decrypts and verifies both: what a message on such a line bears today. */
import {
  createMessage,
  decrypt,
  encrypt,
  generateKey,
  type PrivateKey,
  readKey,
  readMessage,
  readPrivateKey,
} from "openpgp";

/** Armoured: a worker takes them as they are. */
export interface PgpKeys {
  readonly officers: readonly string[];
  readonly receiver: string;
}

export async function pgpKeys(): Promise<PgpKeys> {
  return { officers: [await make("first officer"), await make("second officer")], receiver: await make("receiver") };
}

async function make(name: string): Promise<string> {
  const { privateKey } = await generateKey({ type: "curve25519", userIDs: [{ name }] });
  return privateKey;
}

export interface Pgp {
  /** Signed by both officers, encrypted to the receiver; in base64, as XEP-0373 carries it. */
  readonly seal: (words: string) => Promise<string>;
  /** Throws where it does not open, or where a signature is not good. */
  readonly open: (text: string) => Promise<string>;
}

export async function pgp({ officers, receiver }: PgpKeys): Promise<Pgp> {
  const signingKeys = await Promise.all(officers.map((armoredKey) => readPrivateKey({ armoredKey })));
  const decryptionKeys: PrivateKey = await readPrivateKey({ armoredKey: receiver });
  const verificationKeys = await Promise.all(signingKeys.map(publicOf));
  const encryptionKeys = await publicOf(decryptionKeys);
  return {
    seal: async (words) => {
      const message = await createMessage({ text: words });
      const sealed = await encrypt({ message, encryptionKeys, signingKeys, format: "binary" });
      return Buffer.from(sealed as Uint8Array).toString("base64");
    },
    open: async (text) => {
      const message = await readMessage({ binaryMessage: new Uint8Array(Buffer.from(text, "base64")) });
      const { data, signatures } = await decrypt({ message, decryptionKeys, verificationKeys });
      if (signatures.length !== verificationKeys.length) throw new Error("A signature is missing.");
      await Promise.all(signatures.map(({ verified }) => verified));
      return data as string;
    },
  };
}

function publicOf(key: PrivateKey) {
  return readKey({ armoredKey: key.toPublic().armor() });
}
