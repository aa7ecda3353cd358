/** A party's roster (spec/roster.md): whose signatures are its officers', and by which keys its node speaks. */
import { arrayOf, bytesOf, decode, mapOf, textOf } from "./cbor.ts";
import { coseHolds, coseKey } from "./crypto.ts";

export interface Roster {
  /** Where it stands in its party's log; -1 for the founding one, which counts from the beginning. */
  readonly index: number;
  readonly officers: readonly { readonly id: string; readonly person: string; readonly key: Buffer }[];
  readonly node: { readonly log: Buffer; readonly receipt: Buffer };
}

export function decodeRoster(index: number, bytes: Buffer): Roster {
  const roster = mapOf(decode(bytes), "roster");
  const node = mapOf(roster.get("node"), "node");
  const officers = arrayOf(roster.get("officers"), "officers").map((each) => {
    const officer = mapOf(each, "officer");
    return {
      id: textOf(officer.get("id"), "id"),
      person: textOf(officer.get("person"), "person"),
      key: bytesOf(officer.get("key"), "key"),
    };
  });
  return {
    index,
    officers,
    node: { log: bytesOf(node.get("log"), "log"), receipt: bytesOf(node.get("receipt"), "receipt") },
  };
}

/** The newest that stands below `index`. */
export function rosterBelow(rosters: readonly Roster[], index: number): Roster {
  const found = rosters.findLast((roster) => roster.index < index) ?? rosters[0];
  if (found === undefined) throw new Error("a log without a roster");
  return found;
}

/** Both signatures hold, by officers of this roster who are two persons, where there are two. */
export function officersHold(roster: Roster, message: Buffer, drafted: Buffer | null, released: Buffer): boolean {
  const by = (label: string, cose: Buffer) => {
    const key = coseKey(cose);
    const officer = roster.officers.find((each) => key !== null && each.key.equals(key));
    return officer !== undefined && coseHolds(label, message, cose, officer.key) ? officer.person : null;
  };
  const releaser = by("parley/v1/released", released);
  if (releaser === null) return false;
  if (drafted === null) return true;
  const drafter = by("parley/v1/drafted", drafted);
  return drafter !== null && drafter !== releaser;
}
