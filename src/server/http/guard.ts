/** What every response carries and every request must pass before a route sees it. */
import type { MiddlewareHandler } from "hono";
import { isIP } from "node:net";
import { errorBody } from "../../api/index.ts";
import { serverError } from "../errors.ts";

export interface GuardOptions {
  /** Host names, with or without a port, beside IP addresses and localhost. */
  readonly hosts: readonly string[];
  readonly frameAncestors: readonly string[];
}

/**
 * The console loads nothing but its own files, runs no inline script and writes no inline style, and no script may turn
 * text into markup: its one Trusted Types policy lets script URLs of its own through.
 */
export function contentSecurityPolicy(frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors.length === 0 ? "'none'" : frameAncestors.join(" ")}`,
    "require-trusted-types-for 'script'",
    "trusted-types default",
  ].join("; ");
}

export function guard({ hosts, frameAncestors }: GuardOptions): MiddlewareHandler {
  const policy = contentSecurityPolicy(frameAncestors);
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    // Carriers name the node as its roster does, and their parcels prove themselves.
    const isCarrier = c.req.path.startsWith("/line/") || c.req.path === "/healthz";
    if (!isCarrier && !isOurHost(host, hosts)) {
      const fault = serverError("host-refused", `This node does not answer to the name "${host.slice(0, 100)}".`);
      c.res = Response.json(errorBody(fault), { status: 403 });
    } else if (!isOurOrigin(c.req.header("origin"), host)) {
      const fault = serverError("origin-refused", "Another site's page asked; only this node's own pages may.");
      c.res = Response.json(errorBody(fault), { status: 403 });
    } else {
      await next();
    }
    c.header("content-security-policy", policy);
    c.header("x-content-type-options", "nosniff");
    c.header("referrer-policy", "no-referrer");
    c.header("cross-origin-opener-policy", "same-origin");
    c.header("cross-origin-resource-policy", "same-origin");
    c.header("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  };
}

/** A name that someone else's DNS may point at this machine is not ours; an address cannot be rebound. */
export function isOurHost(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:[0-9]+$/, "");
  const bare = name.replace(/^\[|\]$/g, "");
  return isIP(bare) !== 0 || name === "localhost" || hosts.includes(host) || hosts.includes(name);
}

function isOurOrigin(origin: string | undefined, host: string): boolean {
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}
