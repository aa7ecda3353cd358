/** The parties of a test line: their secrets, their appointments, and every step of pairing. */
import { seedSigner, type Signer } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type Appointments,
  assembleLine,
  invite,
  join,
  type LineFile,
  type Officer,
  parseCharterSignature,
  parseInvitation,
  parseJoin,
  parseLineFile,
  parseProposal,
  propose,
  type Role,
  signProposal,
  type Terms,
} from "../../src/line/index.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import { parseOfficerId, parsePartyId, parsePersonId, parseUnitId, type PartyId } from "../../src/wire/id.ts";

export { suite };
export const AT = Date.UTC(2026, 10, 23, 3, 0);

export const TERMS: Terms = {
  title: "Test line",
  exercise: true,
  kinds: ["activity", "site", "movement", "presence", "warning", "query", "alert", "text"],
  deadlines_ms: { site: 3_600_000 },
  area: { west: 38.5, south: 29, east: 49, north: 37.5 },
  precision_floor_m: 100,
  languages: ["en", "ar"],
  quota_bytes_per_day: 1_073_741_824,
  sole_release: false,
  separation_m: 2000,
  time_separation_s: 900,
  exchange_interval_s: 60,
  test_call_interval_s: 86_400,
  witnesses: [],
  not_for: "Targeting, in any form.",
  expires_at: null,
};

export interface Seeds {
  readonly log: Bytes;
  readonly receipt: Bytes;
  readonly parcel: Bytes;
  readonly sealing: Bytes;
  readonly transport: Bytes;
  readonly archive: Bytes;
}

/** One side: its secrets. */
export interface Side {
  readonly id: PartyId;
  readonly name: string;
  readonly identity: Signer;
  readonly seeds: Seeds;
  readonly officers: Readonly<Record<"watch" | "drafter" | "releaser" | "twin" | "planner", Signer>>;
}

const fresh = (): Bytes => suite.randomBytes(32);

export function newSeeds(): Seeds {
  return { log: fresh(), receipt: fresh(), parcel: fresh(), sealing: fresh(), transport: fresh(), archive: fresh() };
}

export function newSide(id: string, name: string): Side {
  const officer = (): Signer => seedSigner(suite, fresh());
  const officers = { watch: officer(), drafter: officer(), releaser: officer(), twin: officer(), planner: officer() };
  return { id: parsePartyId(id), name, identity: seedSigner(suite, fresh()), seeds: newSeeds(), officers };
}

function enrol(id: string, person: string, roles: readonly Role[], { publicKey }: Signer): Officer {
  return {
    id: parseOfficerId(id),
    person: parsePersonId(person),
    roles,
    key: publicKey,
  };
}

/** `twin` is a second key of the drafter's person, with the releaser's role. */
export function appointmentsOf(side: Side, seeds: Seeds = side.seeds, issued_at = AT): Appointments {
  const { watch, drafter, releaser, twin, planner } = side.officers;
  return {
    officers: [
      enrol("watch-1", "person-1", ["watch", "releaser"], watch),
      enrol("drafter-1", "person-2", ["drafter"], drafter),
      enrol("releaser-1", "person-3", ["releaser"], releaser),
      enrol("twin-1", "person-2", ["releaser"], twin),
      enrol("planner-1", "person-4", ["planner"], planner),
    ],
    units: [{ id: parseUnitId("unit-1"), name: "First company" }],
    node: {
      log: suite.ed25519PublicKey(seeds.log),
      receipt: suite.ed25519PublicKey(seeds.receipt),
      parcel: suite.ed25519PublicKey(seeds.parcel),
      sealing: suite.xwingPublicKey(seeds.sealing),
      transport: suite.xwingPublicKey(seeds.transport),
    },
    address: "http://127.0.0.1:7101",
    carriers: null,
    issued_at,
  };
}

export const SIDES = (): Side[] => [
  newSide("northern", "Northern Command"),
  newSide("relief", "Relief Coordination"),
  newSide("southern", "Southern Command"),
];

export interface Paired {
  readonly sides: readonly Side[];
  readonly file: LineFile;
  readonly texts: {
    readonly invitation: string;
    readonly joins: readonly string[];
    readonly proposal: string;
    readonly signatures: readonly string[];
    readonly line: string;
  };
}

/** Every step of pairing, as people would take them. */
export async function pair(sides: readonly Side[] = SIDES(), terms: Terms = TERMS): Promise<Paired> {
  const [host, ...guests] = sides as [Side, ...Side[]];
  const invitation = await invite(suite, host, terms, host.identity);
  const parsed = parseInvitation(suite, invitation);
  const joins: string[] = [];
  for (const guest of guests) joins.push(await join(suite, parsed, guest, guest.identity));
  const proposal = await propose(
    suite,
    {
      invitation: parsed,
      joins: joins.map((text) => parseJoin(suite, text)),
      appointments: appointmentsOf(host),
      foundedAt: AT,
    },
    host.identity,
  );
  const proposed = parseProposal(suite, proposal);
  const signatures: string[] = [];
  for (const guest of guests) {
    const by = { party: guest.id, appointments: appointmentsOf(guest) };
    signatures.push(await signProposal(suite, proposed, by, guest.identity));
  }
  const line = assembleLine(suite, proposed, signatures.map(parseCharterSignature));
  const texts = { invitation, joins, proposal, signatures, line };
  return { sides, file: parseLineFile(suite, line), texts };
}
