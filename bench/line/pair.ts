/** Two real nodes of one line, the officers of one of them, and the other's receipts as they come back. */
import { makeLine, type MadeLine, PARTIES } from "../../test/support/line.ts";
import { desk, type Desk, type NodeProcess, startNodes } from "../../test/support/nodes.ts";
import { signCose } from "../../src/crypto/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { textItem } from "./said.ts";

export interface Pair {
  readonly line: MadeLine;
  readonly nodes: Readonly<Record<string, NodeProcess>>;
  readonly north: Desk;
  /** Resolves when the other side has receipted everything below `size` of the northern log. */
  readonly receipted: (size: number) => Promise<void>;
  readonly end: () => Promise<void>;
}

export async function startPair(): Promise<Pair> {
  const line = await makeLine({
    parties: PARTIES.slice(0, 2),
    // One line's quota of a day is not what is measured here.
    terms: { quota_bytes_per_day: 1_000_000_000_000 },
  });
  const nodes = await startNodes(line);
  const ending = new AbortController();
  try {
    const north = desk(line.party("northern"));
    const receipts = await watchReceipts(north, ending.signal);
    const end = async () => {
      ending.abort();
      await Promise.all(Object.values(nodes).map((node) => node.stop()));
      line.remove();
    };
    return { line, nodes, north, receipted: receipts, end };
  } catch (error) {
    await Promise.all(Object.values(nodes).map((node) => node.kill()));
    line.remove();
    throw error;
  }
}

async function watchReceipts(north: Desk, signal: AbortSignal): Promise<(size: number) => Promise<void>> {
  const client = await north.as("watch-1");
  const events = await client.events({}, { signal });
  let size = 0;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const waiting: { readonly size: number; readonly resolve: () => void }[] = [];
  const listen = async (): Promise<void> => {
    for await (const event of events) {
      if (event.type !== "receipt" || event.party !== "southern") continue;
      size = Math.max(size, event.size);
      for (const [i, each] of [...waiting.entries()].toReversed()) {
        if (each.size > size) continue;
        waiting.splice(i, 1);
        each.resolve();
      }
    }
  };
  listen().catch((error: unknown) => {
    if (!signal.aborted) failed.reject(error);
  });
  return (wanted) =>
    size >= wanted
      ? Promise.resolve()
      : Promise.race([failed.promise, new Promise<void>((resolve) => waiting.push({ size: wanted, resolve }))]);
}

/** Messages a second: drafted and signed by one officer, signed and released by another, and only then the next. */
export async function oneAtATime(pair: Pair, messages: number): Promise<number> {
  await tell(pair, 0, 1);
  const began = performance.now();
  for (let i = 1; i <= messages; i++) await tell(pair, i, 1);
  return (1000 * messages) / (performance.now() - began);
}

/** Messages a second: lists of `inOne` are drafted, signed and released while those before are on their way. */
export async function pipelined(pair: Pair, messages: number, inOne: number): Promise<number> {
  await tell(pair, 0, 1);
  const began = performance.now();
  let next = 0;
  const officers = async (): Promise<void> => {
    while (next < messages) {
      const from = next;
      next += inOne;
      await tell(pair, from, Math.min(inOne, messages - from));
    }
  };
  // While one list is drafted, the one before is released, and the one before that is on its way.
  await Promise.all([officers(), officers(), officers()]);
  return (1000 * messages) / (performance.now() - began);
}

/** Two officers, each with a key of his own, and then the other side's receipt over the last of them. */
async function tell(pair: Pair, from: number, count: number): Promise<void> {
  const { north } = pair;
  const items = Array.from({ length: count }, (_, i) => textItem(from + i));
  const drafter = await north.as("watch-1");
  const body = count === 1 ? { items } : { items, list_name: `Messages from ${from}` };
  const draft = await drafter.createDraft({ body });
  const params = { id: draft.id };
  const bytes = draft.items.map((item) => fromBase64(item.bytes));
  await drafter.signDraft({ params, body: { signatures: await signed(pair, "watch-1", "parley/v1/drafted", bytes) } });
  const signatures = await signed(pair, "watch-2", "parley/v1/released", bytes);
  const { released } = await (await north.as("watch-2")).releaseDraft({ params, body: { signatures } });
  await pair.receipted(1 + Math.max(...released.map(({ index }) => index)));
}

type Label = "parley/v1/drafted" | "parley/v1/released";

async function signed({ north }: Pair, officer: string, label: Label, bytes: readonly Bytes[]): Promise<string[]> {
  const signer = north.party.officers[officer]?.signer;
  if (signer === undefined) throw new Error(`There is no officer ${officer}.`);
  return Promise.all(bytes.map(async (each) => toBase64(await signCose(label, each, signer))));
}
