/** `parley.toml`: how this node is reached and where it looks. Every fault in it is named, all at once. */
import { parse, stringify } from "smol-toml";
import { z } from "zod";
import { DEPOSIT_BYTES, type Mailbox, MAILBOX_ID_BYTES } from "../line/index.ts";
import { fromHex, toHex } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import { type PartyId, parsePartyId } from "../wire/id.ts";
import { faultsIn } from "./config-faults.ts";
import { serverError } from "./errors.ts";
import { formatNarrow, type NarrowConfig, narrowOf, narrowSchema } from "./narrow/config.ts";
import {
  DEFAULT_WATCH,
  formatWatch,
  sirenSchema,
  sirenOf,
  type WatchConfig,
  watchSchema,
  watchOf,
} from "./watch/config.ts";
import {
  formatWitnesses,
  type WitnessConfig,
  witnessesOf,
  witnessesSchema,
  witnessOf,
  witnessSchema,
  type WitnessToAsk,
} from "./witness/config.ts";

export interface Listen {
  readonly host: string;
  readonly port: number;
}

export interface NodeConfig {
  readonly party: PartyId;
  /** Where the officers' door listens: plain HTTP. */
  readonly listen: Listen;
  /** Where the line's door listens for other nodes: mutual TLS. Null where the node has none. */
  readonly lineListen: Listen | null;
  /** Where other nodes reach it: goes into the roster at pairing. */
  readonly publicAddress: string | null;
  /** Where go-betweens keep parcels for it: goes into the roster too. */
  readonly mailboxes: readonly Mailbox[];
  /** Names beside its own address under which browsers may ask for it. */
  readonly hosts: readonly string[];
  /** Origins whose pages may show the console in a frame. */
  readonly frameAncestors: readonly string[];
  /** Who is called when an alert stays unanswered, and what sounds without an open page. */
  readonly watch: WatchConfig;
  /** A file of separation rules that this side asks for beyond the charter's, relative to the node's directory. */
  readonly rules: string | null;
  /** Whether a releaser must enter place and time again from the source, or only may. */
  readonly reKey: ReKeyPolicy;
  /** Where Prometheus and a service manager ask: plain HTTP on this machine alone. Null where nobody may. */
  readonly metricsListen: Listen | null;
  /** How it is reached over a radio or satellite channel; null where it is not. */
  readonly narrow: NarrowConfig | null;
  /** Who is asked to cosign this party's own checkpoints. */
  readonly witnesses: readonly WitnessToAsk[];
  /** Whose logs it is a witness of, and where it is asked; null where it is none. */
  readonly witness: WitnessConfig | null;
}

export const RE_KEY_POLICIES = ["required", "offered"] as const;
export type ReKeyPolicy = (typeof RE_KEY_POLICIES)[number];

/** What a new node is given: what looks after its watch is as usual where nothing is said of it. */
export type NodeSettings = Omit<NodeConfig, Usual> & Partial<Pick<NodeConfig, Usual>>;
type Usual = "watch" | "reKey" | "metricsListen" | "narrow" | "witnesses" | "witness";

export const listenSchema = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}$/, 'is not an address and a port, such as "127.0.0.1:7101"')
  .refine((text) => portOf(text) <= 65_535, "has a port above 65535");
const origin = z.string().regex(/^https?:\/\/[A-Za-z0-9.:[\]-]+$/, 'is not an origin, such as "http://127.0.0.1:7100"');

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `is not ${bytes} bytes in hex`);
const mailbox = z.strictObject({
  address: z.url({ protocol: /^https$/ }),
  tls: hex(32),
  id: hex(MAILBOX_ID_BYTES),
  deposit: hex(DEPOSIT_BYTES),
});

/** `docs/settings.md` has a row of each. */
export const configSchema = z.strictObject({
  party: z.string().refine(isParty, "is not a party's short name (2 to 32 of a-z, 0-9 and -)"),
  listen: listenSchema.default("127.0.0.1:7101"),
  line_listen: listenSchema.optional(),
  metrics_listen: listenSchema
    .refine((text) => isLoopback(listenOf(text)), "is not an address of this machine alone, such as 127.0.0.1:9464")
    .optional(),
  public_address: z.url({ protocol: /^https?$/ }).optional(),
  mailbox: z.array(mailbox).max(4).default([]),
  hosts: z.array(z.string().regex(/^[A-Za-z0-9.-]+(?::[0-9]{1,5})?$/, "is not a host name")).default([]),
  frame_ancestors: z.array(origin).default([]),
  watch: watchSchema.optional(),
  siren: sirenSchema.optional(),
  rules: z.string().min(1).max(500).optional(),
  re_key: z.enum(RE_KEY_POLICIES).default("offered"),
  narrow: narrowSchema(listenSchema).optional(),
  witnesses: witnessesSchema,
  witness: witnessSchema(listenSchema).optional(),
});

/** @throws config-malformed, which names every fault */
export function parseConfig(text: string): NodeConfig {
  let values: unknown;
  try {
    values = parse(text);
  } catch (cause) {
    throw serverError("config-malformed", `parley.toml is not TOML: ${(cause as Error).message}`, { cause });
  }
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    const faults = faultsIn(parsed.error.issues);
    throw serverError("config-malformed", `parley.toml: ${faults.join("; ")}.`, { detail: { faults: faults.length } });
  }
  const { party, line_listen, metrics_listen, public_address, hosts, frame_ancestors, rules, watch, siren } =
    parsed.data;
  return {
    party: parsePartyId(party),
    listen: listenOf(parsed.data.listen),
    lineListen: line_listen === undefined ? null : listenOf(line_listen),
    publicAddress: public_address ?? null,
    mailboxes: parsed.data.mailbox.map(({ address, tls, id, deposit }) => {
      return { address, tls: fromHex(tls), id: fromHex(id), deposit: fromHex(deposit) };
    }),
    hosts,
    frameAncestors: frame_ancestors,
    watch: {
      ...(watch === undefined ? DEFAULT_WATCH : watchOf(watch)),
      siren: siren === undefined ? null : sirenOf(siren),
    },
    rules: rules ?? null,
    reKey: parsed.data.re_key,
    metricsListen: metrics_listen === undefined ? null : listenOf(metrics_listen),
    narrow: parsed.data.narrow === undefined ? null : narrowOf(parsed.data.narrow, listenOf),
    witnesses: witnessesOf(parsed.data.witnesses),
    witness: parsed.data.witness === undefined ? null : witnessOf(parsed.data.witness, listenOf),
  };
}

/**
 * The file with one mailbox more at its end; all else stays as its owner wrote it.
 * @throws config-malformed where that cannot be
 */
export function withMailbox(text: string, { address, tls, id, deposit }: Mailbox): string {
  const added = stringify({ mailbox: [{ address, tls: toHex(tls), id: toHex(id), deposit: toHex(deposit) }] });
  const next = `${text.trimEnd()}\n\n${added}\n`;
  parseConfig(next);
  return next;
}

export function formatConfig(config: NodeSettings): string {
  const { party, listen, lineListen, publicAddress, mailboxes, hosts, frameAncestors, rules, reKey, watch } = config;
  const values: Record<string, unknown> = { party, listen: shownListen(listen) };
  if (lineListen !== null) values["line_listen"] = shownListen(lineListen);
  const { metricsListen } = config;
  if (metricsListen !== undefined && metricsListen !== null) values["metrics_listen"] = shownListen(metricsListen);
  if (publicAddress !== null) values["public_address"] = publicAddress;
  if (hosts.length > 0) values["hosts"] = hosts;
  if (frameAncestors.length > 0) values["frame_ancestors"] = frameAncestors;
  if (rules !== null) values["rules"] = rules;
  if (reKey !== undefined && reKey !== "offered") values["re_key"] = reKey;
  if (watch !== undefined) Object.assign(values, formatWatch(watch));
  // Tables come last in TOML.
  if (config.narrow) values["narrow"] = formatNarrow(config.narrow, shownListen);
  Object.assign(values, formatWitnesses(config.witnesses ?? [], config.witness ?? null, shownListen));
  if (mailboxes.length > 0) {
    values["mailbox"] = mailboxes.map(({ address, tls, id, deposit }) => {
      return { address, tls: toHex(tls), id: toHex(id), deposit: toHex(deposit) };
    });
  }
  return `${stringify(values)}\n`;
}

export function shownListen({ host, port }: Listen): string {
  return `${bracketed(host)}:${port}`;
}

/** Nobody outside of this machine reaches what listens there. */
export function isLoopback({ host }: Listen): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}

export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function isParty(text: string): boolean {
  try {
    parsePartyId(text);
    return true;
  } catch (error) {
    if (isParleyError(error)) return false;
    throw error;
  }
}

export function listenOf(text: string): Listen {
  return { host: hostOf(text), port: portOf(text) };
}

function portOf(text: string): number {
  return Number(text.slice(text.lastIndexOf(":") + 1));
}

function hostOf(text: string): string {
  return text.slice(0, text.lastIndexOf(":")).replace(/^\[|\]$/g, "");
}
