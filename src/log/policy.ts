/**
 * C2SP tlog-policy: which logs somebody accepts, which witnesses they know, and how many of these must have cosigned.
 * Parley writes one for each line, with the parties' receipt keys as its witnesses.
 */
import { toHex } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import type { Suite } from "../crypto/index.ts";
import { logError } from "./errors.ts";
import { formatVkey, type NoteKey, type NoteKeyType, parseVkey } from "./note.ts";

interface PolicyLog {
  readonly key: NoteKey;
  readonly url: string | null;
}

interface PolicyWitness {
  /** Within the policy only. */
  readonly name: string;
  readonly key: NoteKey;
  readonly url: string | null;
}

interface PolicyGroup {
  readonly name: string;
  /** So many of its members, at least. */
  readonly threshold: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** Each refers only to witnesses and to groups before it. */
  readonly groups: readonly PolicyGroup[];
  /** A witness, a group, or "none". */
  readonly quorum: string;
}

const MAX_CHARACTERS = 256 * 1024;
const MAX_LINES = 1024;

type Hasher = Pick<Suite, "sha256">;

/** True where the witnesses that cosigned, by their names in the policy, are enough. */
export function meetsQuorum(policy: Policy, cosigned: ReadonlySet<string>): boolean {
  const met = new Set(policy.witnesses.map(({ name }) => name).filter((name) => cosigned.has(name)));
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => met.has(member)).length >= threshold) met.add(name);
  }
  return policy.quorum === "none" || met.has(policy.quorum);
}

/** Throws `policy-malformed` or `vkey-malformed` where no reader would take what it would write. */
export function formatPolicy(suite: Hasher, policy: Policy): string {
  const lines = [
    ...policy.logs.map((log) => `log ${formatVkey(suite, "note", log.key)}${urlItem(log.url)}`),
    ...policy.witnesses.map((it) => `witness ${it.name} ${formatVkey(suite, "cosignature", it.key)}${urlItem(it.url)}`),
    ...policy.groups.map(({ name, threshold, members }) => ["group", name, threshold, ...members].join(" ")),
    `quorum ${policy.quorum}`,
  ];
  const text = `${lines.join("\n")}\n`;
  parsePolicy(suite, text);
  return text;
}

function urlItem(url: string | null): string {
  return url === null ? "" : ` ${url}`;
}

interface Draft {
  logs: PolicyLog[];
  witnesses: PolicyWitness[];
  groups: PolicyGroup[];
  quorum: string | null;
  /** Names defined so far. */
  names: Set<string>;
  /** Names that a group has taken: each counts in one place only. */
  taken: Set<string>;
}

/** Strict, by C2SP tlog-policy. Throws `policy-malformed`, which names the line. */
export function parsePolicy(suite: Hasher, text: string): Policy {
  if (text.length > MAX_CHARACTERS) throw logError("policy-malformed", "The policy is too long.");
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw logError("policy-malformed", "It has control characters.");
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length > MAX_LINES) {
    throw logError("policy-malformed", `The policy does not end with a newline, or has more than ${MAX_LINES} lines.`);
  }
  const draft: Draft = { logs: [], witnesses: [], groups: [], quorum: null, names: new Set(), taken: new Set() };
  for (const [number, line] of lines.entries()) {
    const [keyword, ...items] = line.split(/[ \t]+/).filter((item) => item !== "");
    if (keyword === undefined || keyword.startsWith("#")) continue;
    const fault = readLine(suite, draft, keyword, items);
    if (fault !== null) throw logError("policy-malformed", `Line ${number + 1} of the policy ${fault}.`);
  }
  const { logs, witnesses, groups, quorum } = draft;
  if (quorum === null) throw logError("policy-malformed", "The policy has no quorum line.");
  return { logs, witnesses, groups, quorum };
}

/** What is wrong with the line, or null. */
function readLine(suite: Hasher, draft: Draft, keyword: string, items: readonly string[]): string | null {
  switch (keyword) {
    case "log":
      return readLog(suite, draft, items);
    case "witness":
      return readWitness(suite, draft, items);
    case "group":
      return readGroup(draft, items);
    case "quorum":
      return readQuorum(draft, items);
    default:
      return "begins with none of log, witness, group, quorum";
  }
}

function readLog(suite: Hasher, draft: Draft, [vkey, url, ...more]: readonly string[]): string | null {
  if (vkey === undefined || more.length > 0) return "is not: log, verifier key and perhaps an address";
  const key = keyOf(suite, vkey, "note");
  if (key === null) return "has no verifier key of a log";
  if (draft.logs.some((log) => sameKey(log.key, key))) return "repeats a log's key";
  draft.logs.push({ key, url: url ?? null });
  return null;
}

function readWitness(suite: Hasher, draft: Draft, [name, vkey, url, ...more]: readonly string[]): string | null {
  if (name === undefined || vkey === undefined || more.length > 0) {
    return "is not: witness, name, verifier key and perhaps an address";
  }
  const key = keyOf(suite, vkey, "cosignature");
  if (key === null) return "has no verifier key of a witness";
  if (draft.witnesses.some((witness) => sameKey(witness.key, key))) return "repeats a witness's key";
  if (!define(draft, name)) return "defines a name that is taken";
  draft.witnesses.push({ name, key, url: url ?? null });
  return null;
}

function readGroup(draft: Draft, [name, count, ...members]: readonly string[]): string | null {
  if (name === undefined || count === undefined || members.length === 0) return "is not: group, name, count, members";
  const threshold = thresholdOf(count, members.length);
  if (threshold === null) return `wants "${count}" of ${members.length} members`;
  for (const member of members) {
    if (!draft.names.has(member)) return `names "${member}", which no line before it defines`;
    if (draft.taken.has(member)) return `names "${member}", which is a member already`;
    draft.taken.add(member);
  }
  if (!define(draft, name)) return "defines a name that is taken";
  draft.groups.push({ name, threshold, members });
  return null;
}

function readQuorum(draft: Draft, [name, ...more]: readonly string[]): string | null {
  if (name === undefined || more.length > 0) return "is not: quorum and one name";
  if (draft.quorum !== null) return "is a second quorum";
  if (name !== "none" && !draft.names.has(name)) return `names "${name}", which no line before it defines`;
  draft.quorum = name;
  return null;
}

function define(draft: Draft, name: string): boolean {
  if (name === "none" || draft.names.has(name)) return false;
  draft.names.add(name);
  return true;
}

function thresholdOf(count: string, members: number): number | null {
  if (count === "all") return members;
  if (count === "any") return 1;
  return /^[1-9][0-9]{0,3}$/.test(count) && Number(count) <= members ? Number(count) : null;
}

function keyOf(suite: Hasher, vkey: string, wanted: NoteKeyType): NoteKey | null {
  try {
    const { type, ...key } = parseVkey(suite, vkey);
    return type === wanted ? key : null;
  } catch (error) {
    if (isParleyError(error, "vkey-malformed")) return null;
    throw error;
  }
}

function sameKey(a: NoteKey, b: NoteKey): boolean {
  return toHex(a.publicKey) === toHex(b.publicKey);
}
