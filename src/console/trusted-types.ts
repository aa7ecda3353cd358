/**
 * Under the node's policy nothing becomes a script or markup by accident: no string turns into HTML at all, and a
 * worker or script may come from the node's own files only. Imported before anything else.
 */
import { config } from "zod";

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

// The schemas would otherwise try whether they may compile themselves to code, which the policy refuses and reports.
config({ jitless: true });

const { trustedTypes } = window as unknown as { readonly trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => {
    const { origin } = new URL(url, document.baseURI);
    if (origin !== window.location.origin) throw new TypeError(`A script from ${origin} was refused.`);
    return url;
  },
});
