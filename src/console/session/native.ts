/** The browser's own cryptography, in a page and in a worker. */
import { ParleyError } from "../../wire/error.ts";

export const ED25519 = { name: "Ed25519" } as const;

/**
 * Only pages from this machine or over HTTPS have it, and only newer browsers have Ed25519 in it.
 * Throws `page-not-secure`, `browser-too-old`.
 */
export async function native<T>(ask: (subtle: SubtleCrypto) => Promise<T>): Promise<T> {
  if (!globalThis.isSecureContext) {
    throw new ParleyError("page-not-secure", "This page came neither over HTTPS nor from this machine.", {
      exit: 2,
      http: 400,
      next: "Open the node's address over HTTPS, or from its own machine.",
    });
  }
  try {
    return await ask(crypto.subtle);
  } catch {
    throw new ParleyError("browser-too-old", "This browser cannot hold an Ed25519 key.", {
      exit: 2,
      http: 400,
      next: "Use a newer browser, or the command line.",
    });
  }
}
