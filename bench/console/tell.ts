/** Something is told by one side, and the time is taken until it stands on the other side's screen. */
import type { DraftRequest } from "../../src/api/index.ts";
import { signCose } from "../../src/crypto/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import type { MadeParty } from "../../test/support/line.ts";
import type { Desk } from "../../test/support/nodes.ts";
import type { Page } from "playwright-core";

type Item = DraftRequest["items"][number];

/** Drafted and signed by its officers; what is returned releases it, and says when that was asked for. */
export async function ready(desk: Desk, item: Item, drafter: string | null): Promise<() => Promise<number>> {
  const releaser = await desk.as("watch-2");
  const author = drafter === null ? releaser : await desk.as(drafter);
  const { id, items } = await author.createDraft({ body: { items: [item] } });
  const sign = async (label: "parley/v1/drafted" | "parley/v1/released", officer: string) =>
    Promise.all(
      items.map(async ({ bytes }) => toBase64(await signCose(label, fromBase64(bytes), signerOf(desk.party, officer)))),
    );
  const params = { id };
  if (drafter !== null) {
    await author.signDraft({ params, body: { signatures: await sign("parley/v1/drafted", drafter) } });
  }
  const body = { signatures: await sign("parley/v1/released", "watch-2"), confirmed_findings: true };
  return async () => {
    const asked = Date.now();
    await releaser.releaseDraft({ params, body });
    return asked;
  };
}

function signerOf({ id, officers }: MadeParty, officer: string) {
  const found = officers[officer];
  if (found === undefined) throw new Error(`${id} has no officer ${officer}`);
  return found.signer;
}

export function alertItem(subject: string, i: number): Item {
  const footprint = { type: "circle", centre: { lat: 60, lon: i / 10 }, radius_m: 100 };
  const volumes = [{ footprint, height: null, window: { start: null, end: null } }];
  return { kind: "alert", subject, body: { alert: "hazard", volumes } };
}

interface Watching {
  wanted: Set<string>;
  seen: Map<string, number>;
}

/** From now on the page notes when words come onto it: the end of the frame in which they do. */
export async function watchFor(page: Page, subjects: readonly string[]): Promise<void> {
  await page.evaluate((wanted) => {
    const held = window as unknown as { watching?: Watching };
    if (held.watching !== undefined) {
      for (const each of wanted) held.watching.wanted.add(each);
      return;
    }
    const watching: Watching = { wanted: new Set(wanted), seen: new Map() };
    held.watching = watching;
    const look = (node: Node): void => {
      const text = node.textContent ?? "";
      for (const each of watching.wanted) {
        if (!text.includes(each)) continue;
        watching.wanted.delete(each);
        requestAnimationFrame(() => {
          const drawn = new MessageChannel();
          drawn.port1.addEventListener("message", () => watching.seen.set(each, Date.now()));
          drawn.port1.start();
          drawn.port2.postMessage(null);
        });
      }
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === "characterData") look(target);
        else addedNodes.forEach(look);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, subjects);
}

/** When these words were drawn. Throws where they do not come. */
export async function drawnAt(page: Page, subject: string, patience_ms: number): Promise<number> {
  const found = await page.waitForFunction(
    (wanted) => (window as unknown as { watching: Watching }).watching.seen.get(wanted),
    subject,
    { timeout: patience_ms, polling: 20 },
  );
  return (await found.jsonValue()) as number;
}
