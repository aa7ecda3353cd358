/**
 * What parties declare under their identity keys (spec/declaration.md, spec/closing.md), as an export shows it: read in
 * the order of its places, each by the key that must have signed it.
 */
import { arrayOf, bytesOf, decode, mapOf, numberOf, textOf, type Value } from "./cbor.ts";
import { coseHolds, labelled } from "./crypto.ts";

export interface Place {
  readonly generation: number;
  readonly index: number;
}

export interface FoundDeclaration {
  readonly party: string;
  readonly place: Place;
  readonly declares: string;
  /** In hex. */
  readonly bytes: string;
  /** Of a revocation: the key in hex, and from where on. */
  readonly revokes: { readonly key: string; readonly from: Place } | null;
}

export interface FoundClosing {
  readonly party: string;
  readonly generation: number;
  readonly size: number;
  readonly next: number;
}

/** What comes with a closing: who was named, and that he took over, each with its signature. */
export interface Carried {
  readonly naming: Buffer;
  readonly named: Buffer;
  readonly succession: Buffer;
  readonly taken: Buffer;
}

export function readCarried(parts: readonly Value[]): Carried[] {
  return parts.map((each) => {
    const [naming, named, succession, taken] = arrayOf(each, "succession").map((part) => bytesOf(part, "succession"));
    return { naming, named, succession, taken } as Carried;
  });
}

/** One party's identity keys as they follow each other. */
export class Identity {
  readonly #keys: Buffer[];
  #successor: Buffer | null = null;
  #left = false;

  constructor(founding: Buffer) {
    this.#keys = [founding];
  }

  get inForce(): Buffer {
    return this.#keys.at(-1) as Buffer;
  }

  /** Whether any of them, in force then or now, signed this; or the one to which `carried` leads from one of them. */
  signed(label: string, payload: Buffer, signature: Buffer, carried: readonly Carried[] = []): boolean {
    const keys = [...this.#keys];
    for (const { naming, named, succession, taken } of carried) {
      const next = bytesOf(mapOf(decode(naming), "declaration").get("identity"), "identity");
      const isNamed = keys.some((key) => coseHolds("parley/v1/declaration", naming, named, key));
      if (isNamed && coseHolds("parley/v1/declaration", succession, taken, next)) keys.push(next);
    }
    return keys.some((key) => coseHolds(label, payload, signature, key));
  }

  /** Takes the next declaration; what is wrong with it, or null. */
  take(declares: string, bytes: Buffer, signature: Buffer): string | null {
    const signer = declares === "succession" ? this.#successor : this.inForce;
    if (this.#left) return "a declaration after its party has left";
    if (signer === null) return "a succession without a successor";
    if (!coseHolds("parley/v1/declaration", bytes, signature, signer)) return "a declaration by another key";
    if (declares === "succession") {
      this.#keys.push(signer);
      this.#successor = null;
    } else if (declares === "successor") {
      if (this.#successor !== null) return "a second successor";
      this.#successor = bytesOf(mapOf(decode(bytes), "declaration").get("identity"), "identity");
    } else if (declares === "leaving") this.#left = true;
    return null;
  }
}

export function readDeclaration(party: string, place: Place, bytes: Buffer): FoundDeclaration {
  const map = mapOf(decode(bytes), "declaration");
  const declares = textOf(map.get("declares"), "declares");
  if (textOf(map.get("party"), "party") !== party) throw new Error("a declaration of another party");
  const found = { party, place, declares, bytes: bytes.toString("hex") };
  if (declares !== "revocation") return { ...found, revokes: null };
  const [generation, index] = arrayOf(map.get("from"), "from");
  const from = { generation: numberOf(generation, "generation"), index: numberOf(index, "index") };
  return { ...found, revokes: { key: bytesOf(map.get("key"), "key").toString("hex"), from } };
}

/** `roster`: the bytes of the one that it says the next log begins with. */
export function readClosing(bytes: Buffer, roster: Buffer): FoundClosing {
  const map = mapOf(decode(bytes), "closing");
  if (!bytesOf(map.get("roster"), "roster").equals(labelled("parley/v1/roster", roster))) {
    throw new Error("a closing that comes with another roster");
  }
  return {
    party: textOf(map.get("party"), "party"),
    generation: numberOf(map.get("generation"), "generation"),
    size: numberOf(map.get("size"), "size"),
    next: numberOf(map.get("next"), "next"),
  };
}

function isBefore(a: Place, b: Place): boolean {
  return a.generation < b.generation || (a.generation === b.generation && a.index < b.index);
}

/** Why a message that these keys signed there counts for nothing by what its party declared; null where it counts. */
export function takenAway(
  declared: readonly FoundDeclaration[],
  place: Place,
  keys: readonly string[],
): "officer-revoked" | "party-left" | null {
  if (declared.some((each) => each.declares === "leaving" && isBefore(each.place, place))) return "party-left";
  const isRevoked = declared.some(
    ({ revokes }) => revokes !== null && keys.includes(revokes.key) && !isBefore(place, revokes.from),
  );
  return isRevoked ? "officer-revoked" : null;
}
