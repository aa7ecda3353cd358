/** Nodes as real processes, and officers who work with them through the typed client. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, type DraftRequest, type MessageDetail, signIn } from "../../src/api/index.ts";
import { signCose } from "../../src/crypto/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import type { MadeLine, MadeParty } from "./line.ts";

const MAIN = new URL("../../src/server/main.ts", import.meta.url).pathname;
/** What the tests' own process has compiled need not be compiled again by a node. */
const COMPILED = process.env["NODE_COMPILE_CACHE"] ?? join(tmpdir(), "parley-compile-cache");

export interface NodeProcess {
  readonly party: MadeParty;
  readonly url: string;
  readonly pid: number;
  /** What it has written to standard error so far. */
  log(): string;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

/** Starts the node of `party` and waits until it serves. Throws with what it said where it does not. */
export async function startProcess(party: MadeParty): Promise<NodeProcess> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_COMPILE_CACHE: COMPILED };
  if (party.storePassphrase !== null) env["PARLEY_STORE_PASSPHRASE"] = party.storePassphrase;
  const child = spawn(process.execPath, [MAIN, party.dir], { stdio: ["ignore", "pipe", "pipe"], env });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (log += text));
  const [line] = (await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => [null])])) as [
    Buffer | null,
  ];
  if (line === null) throw new Error(`the node of ${party.id} ended with ${child.exitCode}: ${log}`);
  const { url } = JSON.parse(line.toString("utf8")) as { url: string };
  return {
    party,
    url,
    pid: child.pid as number,
    log: () => log,
    kill: () => ended(child, "SIGKILL").then(() => undefined),
    stop: () => ended(child, "SIGTERM"),
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
  return child.exitCode;
}

export async function startNodes(line: MadeLine): Promise<Record<string, NodeProcess>> {
  const started = await Promise.all(Object.values(line.parties).map((party) => startProcess(party)));
  return Object.fromEntries(started.map((node) => [node.party.id, node]));
}

export interface Desk {
  readonly party: MadeParty;
  as(officer: string): Promise<Client>;
  /** Drafts as one officer, signs, and releases as another; of one officer where `drafter` is null. */
  tell(request: DraftRequest, officers?: { drafter: string | null; releaser: string }): Promise<readonly string[]>;
}

export function desk(party: MadeParty): Desk {
  const clients = new Map<string, Promise<Client>>();
  const as = (officer: string): Promise<Client> => {
    let client = clients.get(officer);
    if (client === undefined) {
      client = clientOf(party, officer);
      clients.set(officer, client);
    }
    return client;
  };
  return {
    party,
    as,
    tell: async (request, officers = { drafter: "watch-1", releaser: "watch-2" }) => {
      const { drafter, releaser } = officers;
      const first = await as(drafter ?? releaser);
      const draft = await first.createDraft({ body: request });
      const bytes = draft.items.map((item) => fromBase64(item.bytes));
      const sign = async (label: "parley/v1/drafted" | "parley/v1/released", officer: string) => {
        const { signer } = officerOf(party, officer);
        return Promise.all(bytes.map(async (each) => toBase64(await signCose(label, each, signer))));
      };
      const params = { id: draft.id };
      if (drafter !== null) {
        await first.signDraft({ params, body: { signatures: await sign("parley/v1/drafted", drafter) } });
      }
      const second = await as(releaser);
      const body = { signatures: await sign("parley/v1/released", releaser), confirmed_findings: true };
      const { released } = await second.releaseDraft({ params, body });
      return released.map(({ hash }) => hash);
    },
  };
}

function officerOf(party: MadeParty, officer: string) {
  const found = party.officers[officer];
  if (found === undefined) throw new Error(`${party.id} has no officer ${officer}`);
  return found;
}

/** A connection kept from before the node was restarted is closed; a request on it was never taken. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    if (cause?.code !== "UND_ERR_SOCKET") throw error;
    return fetch(url, init);
  }
}

async function clientOf(party: MadeParty, officer: string): Promise<Client> {
  let token: string | null = null;
  const client = createClient({ baseUrl: party.url, fetch: reach, token: () => token });
  token = (await signIn(client, officer, officerOf(party, officer).signer)).token;
  return client;
}

/** Tries until `look` gives something, for at most `ms`: long, for a machine may have other things to do. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  ms = 120_000,
): Promise<T> {
  const end = Date.now() + ms;
  let fault: unknown = null;
  for (;;) {
    try {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      fault = null;
    } catch (error) {
      fault = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: fault });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** When a rung of a message's ladder was reached with a party; null where it was not. */
export function rungAt(detail: MessageDetail, party: string, rung: string): number | null {
  return detail.ladder.find((each) => each.party === party)?.rungs.find((each) => each.rung === rung)?.at ?? null;
}

/** A movement in two hours on real ground, from one invented place to another. */
export function movementRequest(subject = "Convoy of six trucks", startsAt = Date.now() + 7_200_000): DraftRequest {
  return {
    items: [
      {
        kind: "movement",
        subject,
        body: {
          phase: "planned",
          decision: "GO",
          route: [
            { position: { lat: 36.19, lon: 44.01 }, at: startsAt, name: "Depot" },
            { position: { lat: 36.35, lon: 43.13 }, at: startsAt + 3_600_000, name: "Camp" },
          ],
          tolerance_s: 900,
          width_m: 200,
          vehicles: [{ type: "truck", count: 6, marks: "white, blue flags", marks_night: "strobe on each roof" }],
          people: { total: 14, children: null, wounded: null },
          escort: { type: "none", vehicles: 0, remarks: "" },
          contact: [{ means: "satellite-phone", number: "+881 000 000", who: "convoy leader" }],
          remarks: "",
        },
      },
    ],
  };
}
