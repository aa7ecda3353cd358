/** The officers of one party: they release, answer and look, all the time, whatever happens to their node. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, type DraftRequest, signIn } from "../../../src/api/index.ts";
import { signCose } from "../../../src/crypto/index.ts";
import { fromBase64, toBase64 } from "../../../src/wire/bytes.ts";
import { isParleyError } from "../../../src/wire/error.ts";
import type { MadeOfficer } from "../../../test/support/line.ts";
import { livedMs } from "../lived.ts";
import type { Random } from "../random.ts";
import type { FleetNode } from "./fleet.ts";
import type { Journal, Said } from "./journal.ts";

const NOTED = { answer: "NOTED", scope: "message", reason: "", words: "", until: null, at: null };
const POINT = {
  footprint: { type: "point", at: { lat: 36, lon: 44 } },
  height: null,
  window: { start: null, end: null },
};
/** A call that takes longer has no answer; the officer does not know what became of it. */
const PATIENCE_MS = 120_000;

type Item = DraftRequest["items"][number];

export interface Release {
  readonly drafter: string | null;
  readonly releaser: string;
}

export class Officers {
  readonly node: FleetNode;
  readonly #journal: Journal;
  readonly #clients = new Map<string, Promise<Client>>();
  #count = 0;

  constructor(node: FleetNode, journal: Journal) {
    this.node = node;
    this.#journal = journal;
  }

  /** As two officers. Null where it was refused or nobody knows. */
  say(words = "Words.", by: Release = { drafter: "watch-1", releaser: "watch-2" }): Promise<Said | null> {
    this.#count += 1;
    const subject = `${this.node.id} ${this.#count}`;
    return this.#release({ kind: "text", subject, body: { words } }, by);
  }

  /** So many at once, as one draft of two officers. */
  async sayMany(count: number): Promise<number> {
    const items = Array.from({ length: count }, () => {
      this.#count += 1;
      return { kind: "text" as const, subject: `${this.node.id} ${this.#count}`, body: { words: "Meanwhile." } };
    });
    return (await this.#releaseAll(items, { drafter: "watch-1", releaser: "watch-2" })).length;
  }

  /** As one officer. */
  alert(): Promise<Said | null> {
    this.#count += 1;
    const subject = `${this.node.id} stop ${this.#count}`;
    const body = { alert: "STOP", volumes: [POINT], remarks: "" };
    return this.#release({ kind: "alert", subject, body }, { drafter: null, releaser: "watch-2" });
  }

  /** Answers whatever waits first. */
  async answer(): Promise<Said | null> {
    const { items } = await this.look((client) => client.inbox());
    const waiting = items.find(({ message, needs }) => needs.includes("answer") && message.kind === "text")?.message;
    if (waiting === undefined) return null;
    const re = { relation: "answers" as const, message: waiting.hash };
    const item = { kind: "answer" as const, subject: `on ${waiting.subject}`, body: NOTED, re };
    return this.#release(item, { drafter: null, releaser: "watch-1" });
  }

  /** Asks the node something that changes nothing; signs in again where the node has forgotten. */
  async look<T>(ask: (client: Client) => Promise<T>, officer = "watch-1"): Promise<T> {
    try {
      return await ask(await this.#as(officer));
    } catch (error) {
      if (!isParleyError(error, "not-signed-in", "session-expired")) throw error;
      this.#clients.delete(officer);
      return ask(await this.#as(officer));
    }
  }

  async #release(item: Item, by: Release): Promise<Said | null> {
    return (await this.#releaseAll([item], by))[0] ?? null;
  }

  /** What was released; nothing where it was refused or nobody knows. */
  async #releaseAll(items: Item[], { drafter, releaser }: Release): Promise<Said[]> {
    let said: Said[] = [];
    try {
      const draft = await this.look((client) => client.createDraft({ body: { items } }), drafter ?? releaser);
      const bytes = draft.items.map((each) => fromBase64(each.bytes));
      const sign = async (label: "parley/v1/drafted" | "parley/v1/released", officer: string) => {
        const { signer } = this.#officer(officer);
        return {
          signatures: await Promise.all(bytes.map(async (each) => toBase64(await signCose(label, each, signer)))),
        };
      };
      const params = { id: draft.id };
      if (drafter !== null) {
        const body = await sign("parley/v1/drafted", drafter);
        await this.look((client) => client.signDraft({ params, body }), drafter);
      }
      const body = { ...(await sign("parley/v1/released", releaser)), confirmed_findings: true };
      said = draft.items.map(({ hash, subject, kind }) =>
        this.#journal.tried({ party: this.node.id, hash, subject, kind }),
      );
      await this.look((client) => client.releaseDraft({ params, body }), releaser);
      for (const each of said) Object.assign(each, { outcome: "released", toldAt: livedMs() });
      return said;
    } catch (error) {
      // Only an answer of the node is a word; a connection that broke is none.
      const told = isParleyError(error) && !["node-unreachable", "reply-not-understood"].includes(error.code);
      if (!told && !isLoss(error)) throw error;
      if (told) this.#journal.refused(error.code);
      if (told) for (const each of said) each.outcome = "refused";
      return [];
    }
  }

  #officer(name: string): MadeOfficer {
    const found = this.node.party.officers[name];
    if (found === undefined) throw new Error(`${this.node.id} has no officer ${name}`);
    return found;
  }

  #as(officer: string): Promise<Client> {
    const known = this.#clients.get(officer);
    if (known !== undefined) return known;
    const made = this.#signedIn(officer);
    this.#clients.set(officer, made);
    made.catch(() => this.#clients.delete(officer));
    return made;
  }

  async #signedIn(officer: string): Promise<Client> {
    let token: string | null = null;
    const client = createClient({ baseUrl: this.node.party.url, fetch: patient, token: () => token });
    token = (await signIn(client, officer, this.#officer(officer).signer)).token;
    return client;
  }
}

async function patient(url: string, init: RequestInit): Promise<Response> {
  const asked = (): Promise<Response> => fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  try {
    return await asked();
  } catch (error) {
    // Whoever reads a hundred thousand entries does not hear meanwhile that the node has closed an idle connection.
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (init.method !== "GET" || (code !== "UND_ERR_SOCKET" && code !== "ECONNRESET")) throw error;
    return asked();
  }
}

/** The node went away in the middle of it. */
export function isLoss(error: unknown): boolean {
  if (isParleyError(error)) return ["node-unreachable", "reply-not-understood"].includes(error.code);
  return (
    error instanceof TypeError ||
    (error instanceof Error && /abort|timeout|terminated/i.test(error.name + error.message))
  );
}

export interface Work {
  stop(): Promise<void>;
}

/** Releases and answers with short pauses until it is stopped; every tenth is an alert. */
export function keepTalking(officers: Officers, random: Random, pauseMs: number, onAlert: (said: Said) => void): Work {
  const ending = new AbortController();
  const done = (async () => {
    while (!ending.signal.aborted) {
      try {
        const dice = random.next();
        const said = await (dice < 0.1 ? officers.alert() : dice < 0.4 ? officers.answer() : officers.say());
        if (said?.kind === "alert") onAlert(said);
      } catch (error) {
        if (!isLoss(error) && !isParleyError(error)) throw error;
      }
      await sleep(pauseMs * (0.5 + random.next()));
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await done;
    },
  };
}
