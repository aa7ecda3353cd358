/**
 * A whole line in a temporary directory: every party's keys, the charter signed by all, rosters, the nodes' own
 * directories with the line's file in them. Made by the very functions that `parley init` and `parley pair` use.
 */
import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealKeyFile, seedSigner, type Signer } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  assembleLine,
  invite,
  join as joinLine,
  type LineFile,
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
import { type AtRest, openAtRest } from "../../src/server/at-rest/at-rest.ts";
import { createNodeDir, installLine, nodePaths, readCarriers } from "../../src/server/node-dir.ts";
import type { Bytes } from "../../src/wire/bytes.ts";
import {
  type OfficerId,
  parseOfficerId,
  parsePartyId,
  parsePersonId,
  parseUnitId,
  type PartyId,
} from "../../src/wire/id.ts";

export interface OfficerPlan {
  readonly id: string;
  readonly person: string;
  readonly roles: readonly Role[];
}

export interface PartyPlan {
  readonly id: string;
  readonly name: string;
  readonly officers: readonly OfficerPlan[];
}

export interface MadeOfficer {
  readonly id: OfficerId;
  readonly seed: Bytes;
  readonly signer: Signer;
  readonly roles: readonly Role[];
}

export interface MadeParty {
  readonly id: PartyId;
  readonly name: string;
  readonly dir: string;
  /** Of its officers' door. */
  readonly url: string;
  /** Where its roster says that other nodes reach it. */
  readonly lineAddress: string | null;
  /** Null where its stores are plain. */
  readonly storePassphrase: string | null;
  readonly identity: Bytes;
  readonly officers: Readonly<Record<string, MadeOfficer>>;
}

export interface MadeLine {
  /** Holds every node's directory. */
  readonly dir: string;
  readonly line: LineFile;
  readonly text: string;
  readonly parties: Readonly<Record<string, MadeParty>>;
  party(id: string): MadeParty;
  remove(): void;
}

/** Who can do what a line needs: two who write and release, one who plans, one who looks after the node. */
export const OFFICERS: readonly OfficerPlan[] = [
  { id: "watch-1", person: "person-1", roles: ["watch", "drafter"] },
  { id: "watch-2", person: "person-2", roles: ["watch", "releaser"] },
  { id: "planner-1", person: "person-3", roles: ["planner"] },
  { id: "admin-1", person: "person-4", roles: ["administrator", "auditor"] },
];

export const PARTIES: readonly PartyPlan[] = [
  { id: "northern", name: "Northern Command", officers: OFFICERS },
  { id: "southern", name: "Southern Command", officers: OFFICERS },
  { id: "relief", name: "Relief Coordination", officers: OFFICERS },
];

export const TERMS: Terms = {
  title: "Test line",
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
  area: { west: 38, south: 32, east: 49, north: 38 },
  precision_floor_m: 0,
  languages: ["en"],
  quota_bytes_per_day: 200_000_000,
  sole_release: true,
  separation_m: 2000,
  time_separation_s: 0,
  exchange_interval_s: 1,
  test_call_interval_s: 86_400,
  witnesses: [],
  not_for: "Targeting.",
  expires_at: null,
};

export interface LineOptions {
  readonly parties?: readonly PartyPlan[];
  readonly terms?: Partial<Terms>;
  /** Where to make it; a fresh temporary directory otherwise. */
  readonly dir?: string;
  /** Ports by party; free ones otherwise. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Given: officers' and identity key files are written under it, which takes about 0.1 s each. */
  readonly passphrase?: string;
  /** Of the parties whose stores are encrypted. */
  readonly storePassphrases?: Readonly<Record<string, string>>;
  readonly foundedAt?: number;
  /** How nodes reach each other: in the clear on this machine, over TLS, or not at all (their mailboxes apart). */
  readonly direct?: "http" | "tls" | "none";
  /** What is done to a node's directory before its party's roster is made: opening a mailbox. */
  readonly prepare?: (dir: string, rest: AtRest) => Promise<void>;
  /** What stands before a node's door: given its port, the one under which others are told to call. */
  readonly front?: (id: string, port: number) => Promise<number>;
  /** Origins that may show the consoles in a frame. */
  readonly frameAncestors?: readonly string[];
}

export async function makeLine(options: LineOptions = {}): Promise<MadeLine> {
  const plans = options.parties ?? PARTIES;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), "parley-line-"));
  const made = await Promise.all(plans.map((plan) => makeParty(dir, plan, options)));
  const text = await pair(made, { ...TERMS, ...options.terms }, options.foundedAt ?? Date.now());
  for (const { party, rest } of made) installLine(suite, party.dir, text, rest);
  const parties = Object.fromEntries(made.map(({ party }) => [party.id, party]));
  return {
    dir,
    text,
    line: parseLineFile(suite, text),
    parties,
    party: (id) => {
      const party = parties[id];
      if (party === undefined) throw new Error(`no party ${id}`);
      return party;
    },
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

interface Making {
  readonly party: MadeParty;
  readonly plan: PartyPlan;
  readonly keys: ReturnType<typeof createNodeDir>;
  readonly rest: AtRest;
}

async function makeParty(root: string, plan: PartyPlan, options: LineOptions): Promise<Making> {
  const id = parsePartyId(plan.id);
  const dir = join(root, plan.id);
  const port = options.ports?.[plan.id] ?? (await freePort());
  const direct = options.direct ?? "http";
  const linePort = direct === "tls" ? await freePort() : port;
  const called = direct === "none" ? linePort : ((await options.front?.(plan.id, linePort)) ?? linePort);
  const lineAddress = direct === "none" ? null : `${direct === "tls" ? "https" : "http"}://127.0.0.1:${called}`;
  const storePassphrase = options.storePassphrases?.[id] ?? null;
  const settings = {
    party: id,
    listen: { host: "127.0.0.1", port },
    publicAddress: lineAddress,
    lineListen: direct === "tls" ? { host: "127.0.0.1", port: linePort } : null,
    mailboxes: [],
    hosts: [],
    frameAncestors: options.frameAncestors ?? [],
    rules: null,
  };
  const keys = createNodeDir(suite, dir, settings, storePassphrase);
  const rest = openAtRest(suite, dir, storePassphrase);
  await options.prepare?.(dir, rest);
  const identity = suite.randomBytes(32);
  const officers = plan.officers.map(({ id: name, roles }): MadeOfficer => {
    const seed = suite.randomBytes(32);
    return { id: parseOfficerId(name), seed, signer: seedSigner(suite, seed), roles };
  });
  const party: MadeParty = {
    id,
    name: plan.name,
    dir,
    url: `http://127.0.0.1:${port}`,
    lineAddress,
    storePassphrase,
    identity,
    officers: Object.fromEntries(officers.map((officer) => [officer.id, officer])),
  };
  if (options.passphrase !== undefined) writeKeyFiles(party, plan, options.passphrase);
  return { party, plan, keys, rest };
}

function writeKeyFiles(party: MadeParty, plan: PartyPlan, passphrase: string): void {
  mkdirSync(nodePaths(party.dir).officers, { recursive: true });
  for (const { id, person } of plan.officers) {
    const { seed } = party.officers[id] as MadeOfficer;
    const key = { purpose: "officer", party: party.id, name: id, person: parsePersonId(person), seed } as const;
    const file = join(nodePaths(party.dir).officers, `${id}.key`);
    writeFileSync(file, sealKeyFile(suite, key, passphrase), { mode: 0o600 });
  }
  const key = { purpose: "identity", party: party.id, name: party.name, person: null, seed: party.identity } as const;
  writeFileSync(join(party.dir, "identity.key"), sealKeyFile(suite, key, passphrase), { mode: 0o600 });
}

/** The first party invites, the others join, all sign. */
async function pair(made: readonly Making[], terms: Terms, foundedAt: number): Promise<string> {
  const [host, ...guests] = made as [Making, ...Making[]];
  const signerOf = ({ party }: Making) => seedSigner(suite, party.identity);
  const nameOf = ({ party: { id, name } }: Making) => ({ id, name });
  const appointments = ({ plan, keys, party, rest }: Making) => ({
    officers: plan.officers.map(({ id, person, roles }) => {
      const officer = party.officers[id] as MadeOfficer;
      return { id: officer.id, person: parsePersonId(person), roles, key: officer.signer.publicKey };
    }),
    units: [{ id: parseUnitId("unit-1"), name: "First unit" }],
    node: keys,
    address: party.lineAddress,
    carriers: readCarriers(suite, party.dir, rest),
    issued_at: foundedAt,
  });
  const invitation = parseInvitation(suite, await invite(suite, nameOf(host), terms, signerOf(host)));
  const joins = await Promise.all(
    guests.map(async (guest) => parseJoin(suite, await joinLine(suite, invitation, nameOf(guest), signerOf(guest)))),
  );
  const input = { invitation, joins, appointments: appointments(host), foundedAt };
  const proposal = parseProposal(suite, await propose(suite, input, signerOf(host)));
  const signatures = await Promise.all(
    guests.map(async (guest) => {
      const by = { party: guest.party.id, appointments: appointments(guest) };
      return parseCharterSignature(await signProposal(suite, proposal, by, signerOf(guest)));
    }),
  );
  return assembleLine(suite, proposal, signatures);
}

/** Below what systems give to a caller by itself (32768 and up on Linux, 49152 elsewhere). */
const PORTS = { from: 12_000, to: 32_000 };

/**
 * A port on loopback that nothing listens on, this process's until it ends. A node is stopped and started again on it:
 * were it one that the system gives away, any caller could have it meanwhile; were it not taken down, so could another
 * file of tests that runs at the same time.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (isTakenDown(port) && (await isFree(port))) return port;
  }
  throw new Error(`no port on loopback is free between ${PORTS.from} and ${PORTS.to}`);
}

const TAKEN = join(tmpdir(), `parley-test-ports-${process.getuid?.() ?? "own"}`);
const mine: string[] = [];
process.once("exit", () => mine.forEach((path) => rmSync(path, { force: true })));

/** Whether it is this process's from now on: a file with its number holds whose it is. */
function isTakenDown(port: number): boolean {
  const path = join(TAKEN, String(port));
  mkdirSync(TAKEN, { recursive: true });
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
  } catch {
    // Of a process that was killed it is left behind, and the next who asks for this very port finds it free.
    if (!isHeld(path)) rmSync(path, { force: true });
    return false;
  }
  mine.push(path);
  return true;
}

function isHeld(path: string): boolean {
  try {
    return process.kill(Number(readFileSync(path, "utf8")), 0);
  } catch {
    return false;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
