/** What an entry holds once it is open: a message, a notice, a roster, a charter or a declaration, with its signatures. */
import type { Bytes } from "../wire/bytes.ts";
import { type CborValue, decodeCborInPlace, encodeCbor } from "../wire/cbor.ts";
import { ParleyError } from "../wire/error.ts";
import { parsePartyId, type PartyId } from "../wire/id.ts";
import { asArray, asBytes, asInteger, asNullable, asText } from "../wire/shape.ts";
import { messageError } from "./errors.ts";
import { BUCKETS } from "./padding.ts";
import type { SignedMessage } from "./sign.ts";

export interface PartySignature {
  readonly party: PartyId;
  readonly signature: Bytes;
}

export type OpenEntry =
  | { readonly type: "message"; readonly message: SignedMessage }
  | { readonly type: "notice"; readonly bytes: Bytes; readonly signature: Bytes }
  | { readonly type: "roster"; readonly bytes: Bytes; readonly signature: Bytes }
  | { readonly type: "charter"; readonly bytes: Bytes; readonly signatures: readonly PartySignature[] }
  | { readonly type: "declaration"; readonly bytes: Bytes; readonly signature: Bytes };

const TYPES = ["message", "notice", "roster", "charter", "declaration"] as const;
const MAX_CONTENT = BUCKETS.at(-1) as number;
const MAX_PARTIES = 256;

export function encodeContent(content: OpenEntry): Bytes {
  const type = TYPES.indexOf(content.type) + 1;
  switch (content.type) {
    case "message":
      return encodeCbor([type, content.message.bytes, content.message.drafted, content.message.released]);
    case "notice":
    case "roster":
    case "declaration":
      return encodeCbor([type, content.bytes, content.signature]);
    case "charter":
      return encodeCbor([type, content.bytes, content.signatures.map(({ party, signature }) => [party, signature])]);
  }
}

/** Its parts are seen in `bytes` itself (decodeCborInPlace). @throws entry-content; message-newer where it is of a type that a newer version writes */
export function decodeContent(bytes: Bytes): OpenEntry {
  try {
    return contentOf(asArray(decodeCborInPlace(bytes, MAX_CONTENT), "content", 64));
  } catch (cause) {
    if (cause instanceof ParleyError && cause.code === "message-newer") throw cause;
    throw messageError("entry-content", "What is inside this entry is nothing that an entry holds.", {
      cause,
    });
  }
}

function contentOf(parts: readonly CborValue[]): OpenEntry {
  const number = asInteger(parts[0], "content.type", 1, 1000);
  const type = TYPES[number - 1];
  if (type === undefined) throw messageError("message-newer", "The entry holds something that a newer version writes.");
  if (parts.length !== (type === "message" ? 4 : 3)) throw messageError("entry-content", `A ${type} has other parts.`);
  const bytes = asBytes(parts[1], `${type}.bytes`);
  switch (type) {
    case "message": {
      const drafted = asNullable(parts[2], (value) => asBytes(value, "drafted"));
      return { type, message: { bytes, drafted, released: asBytes(parts[3], "released") } };
    }
    case "notice":
    case "roster":
    case "declaration":
      return { type, bytes, signature: asBytes(parts[2], "signature") };
    case "charter":
      return { type, bytes, signatures: asArray(parts[2], "signatures", MAX_PARTIES).map(signatureOf) };
  }
}

function signatureOf(value: CborValue): PartySignature {
  const [party, signature, ...more] = asArray(value, "signatures", 2);
  if (more.length > 0) throw messageError("entry-content", "A signature has too many parts.");
  return { party: parsePartyId(asText(party, "party", 32)), signature: asBytes(signature, "signature") };
}
