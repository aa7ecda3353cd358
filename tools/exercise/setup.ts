/** Three parties and the line between them, made by the functions that `parley init` and `parley pair` use. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openKeyFile, sealKeyFile, seedSigner, type Signer } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type Appointments,
  assembleLine,
  invite,
  join as joinLine,
  parseCharterSignature,
  parseInvitation,
  parseJoin,
  parseProposal,
  propose,
  type Role,
  signProposal,
  type Terms,
} from "../../src/line/index.ts";
import { createNodeDir, installLine, nodePaths, readCarriers } from "../../src/server/index.ts";
import { parseOfficerId, parsePartyId, parsePersonId, parseUnitId } from "../../src/wire/id.ts";
import { type ExerciseState, PARTY_IDS, type PartyName, type PerParty, perParty } from "./state.ts";

export const NAMES: PerParty<string> = {
  northern: "Northern Command",
  southern: "Southern Command",
  relief: "Relief Coordination",
};

/** Known to everybody: the exercise protects nothing. Real officers choose their own. */
export const PASSPHRASE = "exercise exercise exercise";

export const OFFICERS = {
  "drafter-1": { person: "person-1", roles: ["watch", "drafter"] },
  "releaser-1": { person: "person-2", roles: ["watch", "releaser"] },
  "planner-1": { person: "person-3", roles: ["planner"] },
  "admin-1": { person: "person-4", roles: ["administrator", "auditor"] },
} as const satisfies Record<string, { readonly person: string; readonly roles: readonly Role[] }>;

export type OfficerName = keyof typeof OFFICERS;
const OFFICER_NAMES = Object.keys(OFFICERS) as OfficerName[];

const TERMS: Terms = {
  title: "Exercise line, northern Iraq",
  exercise: true,
  kinds: [
    "activity",
    "site",
    "movement",
    "presence",
    "stance",
    "assessment",
    "report",
    "warning",
    "query",
    "alert",
    "call",
    "text",
  ],
  deadlines_ms: {},
  area: { west: 40.5, south: 33.5, east: 46.5, north: 37.8 },
  precision_floor_m: 0,
  languages: ["en"],
  quota_bytes_per_day: 50_000_000,
  sole_release: false,
  separation_m: 2000,
  time_separation_s: 900,
  exchange_interval_s: 1,
  test_call_interval_s: 86_400,
  witnesses: [],
  not_for:
    "Targeting, and the choice of targets. It is an exercise: nothing said on it is about a real place or person.",
  expires_at: null,
};

export function nodeDir(dir: string, party: PartyName): string {
  return join(dir, party);
}

export function keyFilePath(dir: string, party: PartyName, officer: OfficerName): string {
  return join(nodePaths(nodeDir(dir, party)).officers, `${officer}.key`);
}

/** The signer of one of the script's officers, from the key file. */
export function officerSigner(dir: string, party: PartyName, officer: OfficerName): Signer {
  const text = readFileSync(keyFilePath(dir, party, officer), "utf8");
  return seedSigner(suite, openKeyFile(suite, text, PASSPHRASE).seed);
}

interface Made {
  readonly party: PartyName;
  readonly identity: Signer;
  readonly appointments: Appointments;
}

export async function setUp(dir: string, state: ExerciseState, now: number): Promise<void> {
  const made = perParty((party) => makeParty(dir, party, state, now));
  const text = await pair(made, now);
  for (const party of PARTY_IDS) installLine(suite, nodeDir(dir, party), text);
}

function keep(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
}

function makeParty(dir: string, party: PartyName, state: ExerciseState, now: number): Made {
  const home = nodeDir(dir, party);
  const address = `http://127.0.0.1:${state.relays[party]}`;
  const node = createNodeDir(suite, home, {
    party: parsePartyId(party),
    listen: { host: "127.0.0.1", port: state.nodes[party] },
    publicAddress: address,
    lineListen: null,
    mailboxes: [],
    hosts: [],
    frameAncestors: [`http://127.0.0.1:${state.page}`],
    rules: null,
  });
  const identity = suite.randomBytes(32);
  const owner = { party: parsePartyId(party) };
  keep(
    join(home, "identity.key"),
    sealKeyFile(suite, { ...owner, purpose: "identity", name: NAMES[party], person: null, seed: identity }, PASSPHRASE),
  );
  mkdirSync(nodePaths(home).officers, { recursive: true, mode: 0o700 });
  const officers = OFFICER_NAMES.map((name) => {
    const seed = suite.randomBytes(32);
    const person = parsePersonId(OFFICERS[name].person);
    keep(
      keyFilePath(dir, party, name),
      sealKeyFile(suite, { ...owner, purpose: "officer", name, person, seed }, PASSPHRASE),
    );
    return { id: parseOfficerId(name), person, roles: OFFICERS[name].roles, key: suite.ed25519PublicKey(seed) };
  });
  const units = [{ id: parseUnitId("unit-1"), name: `${NAMES[party]}, first unit` }];
  return {
    party,
    identity: seedSigner(suite, identity),
    appointments: { officers, units, node, address, carriers: readCarriers(suite, home), issued_at: now },
  };
}

/** Northern Command invites, the others join, all sign. */
async function pair({ northern, southern, relief }: PerParty<Made>, foundedAt: number): Promise<string> {
  const nameOf = ({ party }: Made) => ({ id: parsePartyId(party), name: NAMES[party] });
  const guests = [southern, relief];
  const invitation = parseInvitation(suite, await invite(suite, nameOf(northern), TERMS, northern.identity));
  const joins = await Promise.all(
    guests.map(async (guest) => parseJoin(suite, await joinLine(suite, invitation, nameOf(guest), guest.identity))),
  );
  const input = { invitation, joins, appointments: northern.appointments, foundedAt };
  const proposal = parseProposal(suite, await propose(suite, input, northern.identity));
  const signatures = await Promise.all(
    guests.map(async ({ party, appointments, identity }) =>
      parseCharterSignature(
        await signProposal(suite, proposal, { party: parsePartyId(party), appointments }, identity),
      ),
    ),
  );
  return assembleLine(suite, proposal, signatures);
}
