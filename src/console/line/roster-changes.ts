/** What one roster of a party changed in the one before it, as an officer asks: who came, who went, whose keys are new. */
import type { Officer, Roster } from "../../line/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";

/** The node's keys by what they are for. */
export const NODE_KEYS = ["log", "receipt", "parcel", "sealing", "transport", "tls"] as const;
type NodeKey = (typeof NODE_KEYS)[number];

export type RosterChange =
  | { readonly change: "joined" | "left" | "officer-key" | "roles"; readonly officer: string }
  | { readonly change: "node-keys"; readonly keys: readonly NodeKey[] }
  | { readonly change: "address"; readonly address: string | null }
  | { readonly change: "suspended" | "resumed" | "units" | "mailboxes" };

export function rosterChanges(before: Roster, after: Roster): readonly RosterChange[] {
  const keys = NODE_KEYS.filter((name) => !same(keyOf(before, name), keyOf(after, name)));
  const [was, is] = [before.standing.state, after.standing.state];
  return [
    ...officerChanges(before.officers, after.officers),
    ...(keys.length === 0 ? [] : [{ change: "node-keys", keys } as const]),
    ...(before.address === after.address ? [] : [{ change: "address", address: after.address } as const]),
    ...(mailboxesOf(before) === mailboxesOf(after) ? [] : [{ change: "mailboxes" } as const]),
    ...(unitsOf(before) === unitsOf(after) ? [] : [{ change: "units" } as const]),
    ...(was === is ? [] : [{ change: is === "suspended" ? "suspended" : "resumed" } as const]),
  ];
}

function officerChanges(before: readonly Officer[], after: readonly Officer[]): RosterChange[] {
  const changes: RosterChange[] = [];
  for (const { id: officer, key, roles } of after) {
    const was = before.find(({ id }) => id === officer);
    if (was === undefined) changes.push({ change: "joined", officer });
    else {
      if (!equalBytes(was.key, key)) changes.push({ change: "officer-key", officer });
      if (was.roles.join() !== roles.join()) changes.push({ change: "roles", officer });
    }
  }
  const gone = before.filter(({ id }) => !after.some((officer) => officer.id === id));
  return [...changes, ...gone.map(({ id }): RosterChange => ({ change: "left", officer: id }))];
}

const keyOf = ({ node, carriers }: Roster, name: NodeKey): Bytes | null =>
  name === "tls" ? (carriers?.tls ?? null) : node[name];

const same = (a: Bytes | null, b: Bytes | null): boolean => (a === null || b === null ? a === b : equalBytes(a, b));

const mailboxesOf = ({ carriers }: Roster): string =>
  (carriers?.mailboxes ?? []).map(({ address, id }) => `${address} ${id.join()}`).join("\n");

const unitsOf = ({ units }: Roster): string => units.map(({ id, name }) => `${id} ${name}`).join("\n");
