/** What officers say in this bench: every message is 1 KiB of words, and no two are alike. */
import type { DraftRequest } from "../../src/api/index.ts";

const BYTES = 1024;

export function words(i: number): string {
  return `Message ${i}. ${"The crossing at the river is closed to all traffic. ".repeat(20)}`.slice(0, BYTES);
}

export function textItem(i: number): DraftRequest["items"][number] {
  return { kind: "text", subject: `Message ${i}`, body: { words: words(i) } };
}
