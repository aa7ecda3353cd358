/** The script's officers: they use the node's API with their own keys, as any officer does. */
import { type Client, createClient, type Draft, type DraftItemRequest, signIn } from "../../src/api/index.ts";
import { type Signer, signCose } from "../../src/crypto/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { type OfficerName, officerSigner } from "./setup.ts";
import type { ExerciseState, PartyName } from "./state.ts";

export interface ScriptOfficer {
  readonly client: Client;
  readonly signer: Signer;
}

/** A desk for an officer: signs in when first needed, and again when the node was started again. */
export function officer(dir: string, state: ExerciseState, party: PartyName, name: OfficerName): ScriptOfficer {
  const signer = officerSigner(dir, party, name);
  const baseUrl = `http://127.0.0.1:${state.nodes[party]}`;
  const open = createClient({ baseUrl, fetch, token: () => null });
  let token: string | null = null;
  const client = createClient({
    baseUrl,
    token: () => token,
    fetch: async (url, init) => {
      const first = token === null ? null : await fetch(url, init);
      if (first !== null && first.status !== 401) return first;
      token = (await signIn(open, name, signer)).token;
      return fetch(url, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` },
      });
    },
  });
  return { client, signer };
}

export interface Desk {
  readonly drafter: ScriptOfficer;
  readonly releaser: ScriptOfficer;
  readonly planner: ScriptOfficer;
}

export function desk(dir: string, state: ExerciseState, party: PartyName): Desk {
  const one = (name: OfficerName) => officer(dir, state, party, name);
  return { drafter: one("drafter-1"), releaser: one("releaser-1"), planner: one("planner-1") };
}

const sign = (draft: Draft, label: "parley/v1/drafted" | "parley/v1/released", signer: Signer) =>
  Promise.all(draft.items.map(async ({ bytes }) => toBase64(await signCose(label, fromBase64(bytes), signer))));

/** Drafted and signed by the first officer; it waits for the second. */
export async function draft(
  { drafter }: Desk,
  items: readonly DraftItemRequest[],
  list: string | null = null,
): Promise<Draft> {
  const made = await drafter.client.createDraft({ body: { items: [...items], list_name: list } });
  const signatures = await sign(made, "parley/v1/drafted", drafter.signer);
  return drafter.client.signDraft({ params: { id: made.id }, body: { signatures } });
}

/** Drafted by one officer, released by the other. */
export async function tell(from: Desk, items: readonly DraftItemRequest[], list: string | null = null): Promise<void> {
  const made = await draft(from, items, list);
  const signatures = await sign(made, "parley/v1/released", from.releaser.signer);
  await from.releaser.client.releaseDraft({ params: { id: made.id }, body: { signatures, confirmed_findings: true } });
}

/** What one officer may say alone. */
export async function sayAlone({ drafter }: Desk, item: DraftItemRequest): Promise<void> {
  const made = await drafter.client.createDraft({ body: { items: [item] } });
  const signatures = await sign(made, "parley/v1/released", drafter.signer);
  await drafter.client.releaseDraft({ params: { id: made.id }, body: { signatures } });
}

/** Null where the node is not there at the moment; every other fault is thrown. */
export async function ifUp<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isParleyError(error, "node-unreachable")) return null;
    throw error;
  }
}
