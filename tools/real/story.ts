/** What the parties do in the trial, each step through the API that officers use. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, DraftItemRequest, Plan } from "../../src/api/index.ts";
import { signCose } from "../../src/crypto/index.ts";
import { type ImportResult, importText } from "../../src/intake/index.ts";
import { decodeMessage } from "../../src/message/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { parseMessageHash, parsePartyId } from "../../src/wire/id.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { SITES_FILE } from "./data.ts";
import type { Nodes, Officer } from "./nodes.ts";
import type { Pair } from "./pairs.ts";

/** The list as intake reads it. */
export function importSites(): ImportResult {
  return importText(readFileSync(SITES_FILE), { as: "site", category: "displacement-site", country: "Iraq" });
}

export interface Release {
  /** In the order of the list. */
  readonly hashes: readonly string[];
  /** Index in the author's log, by hash. */
  readonly indexes: ReadonlyMap<string, number>;
  /** `source_id` of the site, by hash. */
  readonly sites: ReadonlyMap<string, string>;
  /** What went otherwise than it must. */
  readonly faults: readonly string[];
}

/** Drafted by one officer, released by another, who must confirm the warnings first. */
export async function releaseSites(imported: ImportResult, drafter: Officer, releaser: Officer): Promise<Release> {
  const items = imported.rows.flatMap(({ draft, findings }): DraftItemRequest[] =>
    draft === null ? [] : [{ kind: draft.kind, subject: draft.subject, body: draft.body, findings: [...findings] }],
  );
  const list_name = "Displacement sites, 2 July 2014";
  const draft = await drafter.client.createDraft({ body: { items, list_name } });
  const bytes = draft.items.map((item) => fromBase64(item.bytes));
  const sites = new Map(draft.items.map(({ hash }, i) => [hash as string, sourceIdOf(bytes[i] as Uint8Array)]));
  const params = { id: draft.id };
  await drafter.client.signDraft({ params, body: { signatures: await signAll("parley/v1/drafted", bytes, drafter) } });
  const signatures = await signAll("parley/v1/released", bytes, releaser);
  const faults: string[] = [];
  try {
    await releaser.client.releaseDraft({ params, body: { signatures } });
    faults.push("The list was released although nobody had confirmed its warnings.");
  } catch (error) {
    if (!isParleyError(error)) throw error;
  }
  const { released } = await releaser.client.releaseDraft({ params, body: { signatures, confirmed_findings: true } });
  const hashes = released.map(({ hash }) => hash as string);
  return { hashes, indexes: new Map(released.map(({ hash, index }) => [hash, index])), sites, faults };
}

function signAll(
  label: "parley/v1/drafted" | "parley/v1/released",
  items: readonly Uint8Array[],
  { signer }: Officer,
): Promise<string[]> {
  return Promise.all(items.map(async (bytes) => toBase64(await signCose(label, bytes, signer))));
}

function sourceIdOf(bytes: Uint8Array): string {
  const message = decodeMessage(bytes);
  return message.kind === "site" ? (message.body.source_id ?? "") : "";
}

export interface Progress {
  /** Messages times recipients that the author's node has a receipt for. */
  readonly receipts: number;
  /** Recipients that have opened the last message of the list. What counts is found in the evidence afterwards. */
  readonly opened_last: number;
}

async function progressOf(client: Client, author: string, { hashes, indexes }: Release): Promise<Progress> {
  const { receipts } = await client.log({ params: { party: parsePartyId(author) }, query: { limit: 1 } });
  const held = new Map<string, number>();
  for (const { party, size } of receipts) held.set(party, Math.max(held.get(party) ?? 0, size));
  const all = [...indexes.values()];
  const receipted = [...held.values()].reduce((sum, size) => sum + all.filter((index) => index < size).length, 0);
  const last = hashes.at(-1);
  if (last === undefined) return { receipts: receipted, opened_last: 0 };
  const { ladder } = await client.message({ params: { hash: parseMessageHash(last) } });
  const hasOpened = ({ rungs }: (typeof ladder)[number]): boolean =>
    rungs.some(({ rung, at }) => rung === "opened" && at !== null);
  return { receipts: receipted, opened_last: ladder.filter(hasOpened).length };
}

/** Waits until every recipient has receipted everything and opened the last of it, or until `deadline_ms` have passed. */
export async function settle(
  client: Client,
  author: string,
  release: Release,
  { recipients, deadline_ms, say }: { recipients: number; deadline_ms: number; say: (progress: Progress) => void },
): Promise<void> {
  const end = Date.now() + deadline_ms;
  let before = "";
  for (;;) {
    const progress = await progressOf(client, author, release);
    if (before !== JSON.stringify(progress)) say(progress);
    before = JSON.stringify(progress);
    const isDone = progress.receipts >= release.hashes.length * recipients && progress.opened_last >= recipients;
    if (isDone || Date.now() > end) return;
    await sleep(100);
  }
}

const BATCH = 1000;

export async function loadPlans(plans: readonly Plan[], planner: Officer): Promise<void> {
  for (let at = 0; at < plans.length; at += BATCH) {
    await planner.client.putPlans({ body: { items: plans.slice(at, at + BATCH) } });
  }
}

/** The conflicts that the node holds between its plans and the sites that it was told of. */
export async function conflictsOf({ client }: Officer, sites: ReadonlyMap<string, string>): Promise<Pair[]> {
  const { conflicts } = await client.conflicts();
  return conflicts.map(({ own, against, distance_m, undecided }) => {
    const site = sites.get(against.id);
    if (own.type !== "plan" || site === undefined || distance_m === null || undecided !== null) {
      throw new Error(
        `A conflict is not of a plan with a site: ${JSON.stringify({ own: own.type, against, undecided })}`,
      );
    }
    return { plan: own.id.split(" ")[0] ?? "", site, distance_m };
  });
}

/** After a restart: no session outlives its node. */
export async function signInAgain(nodes: Nodes): Promise<ReadonlyMap<string, Officer>> {
  const officers = await Promise.all(
    nodes.all.map(async ({ party }) => [party, await nodes.officer(party, "admin-1")] as const),
  );
  return new Map(officers);
}
