/**
 * Of whom this node cannot tell which terms they have said (spec/parcel.md, "After a restore"): everybody after a restore,
 * and whoever has closed its log. Nothing is taken from them but what answers this node's own question. It is in a file
 * before anything that rests on it, and leaves it only when they have answered: a restart forgets nothing of it.
 */
import { rmSync } from "node:fs";
import { type PartyId, parsePartyId } from "../../wire/id.ts";
import { readTextIfThere, writeDurably } from "../files.ts";

export interface Forgotten {
  has(party: PartyId): boolean;
  all(): readonly PartyId[];
  add(parties: readonly PartyId[]): void;
  answered(party: PartyId): void;
}

/** `path`: of the file, which is there while there is anybody. @throws disk-full */
export function forgottenIn(path: string): Forgotten {
  const kept = new Set(read(path));
  const write = (): void => {
    if (kept.size === 0) rmSync(path, { force: true });
    else writeDurably(path, [...kept, ""].join("\n"), 0o600);
  };
  return {
    has: (party) => kept.has(party),
    all: () => [...kept],
    add: (parties) => {
      if (parties.every((party) => kept.has(party))) return;
      for (const party of parties) kept.add(party);
      write();
    },
    answered: (party) => {
      if (kept.delete(party)) write();
    },
  };
}

function read(path: string): PartyId[] {
  const lines = readTextIfThere(path)?.split("\n") ?? [];
  return lines.filter((line) => line !== "").map((line) => parsePartyId(line));
}
