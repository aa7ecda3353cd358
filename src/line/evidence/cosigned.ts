/** What witnesses cosigned: those that the charter names, and those of a policy that the verifier was given. */
import {
  formatVkey,
  meetsQuorum,
  type NoteKey,
  parseVkey,
  receiptKeyName,
  verifyCosignature,
} from "../../log/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { EvidenceMessage, FoundCosignature } from "./report.ts";
import { fault, type Section, type Under, type Verification, whereOf } from "./state.ts";

interface Known {
  readonly vkey: string;
  readonly key: NoteKey;
  readonly given: boolean;
}

/** True where the line is a known witness's and nothing else: then it is no receipt. */
export function takeCosignature(state: Verification, section: Section, under: Under, line: string): boolean {
  const { checkpoint, index } = under;
  const name = /^\u2014 (\S{1,512}) /.exec(line)?.[1] ?? "";
  for (const { vkey, key, given } of knownWitnesses(state, section).filter((known) => known.key.name === name)) {
    try {
      const { at } = verifyCosignature(state.suite, checkpoint, line, key);
      section.cosigned.push({ witness: name, vkey, given, size: checkpoint.size, at, index });
      // A policy may name a party's receipt key as a witness; it is a receipt all the same.
      return ![...state.histories.keys()].some((origin) => receiptKeyName(origin) === name);
    } catch (error) {
      if (!isParleyError(error)) throw error;
    }
  }
  return false;
}

function knownWitnesses({ suite, policy }: Verification, { charter }: Section): Known[] {
  const given = (policy?.witnesses ?? []).map(({ key }) => {
    return { vkey: formatVkey(suite, "cosignature", key), key, given: true };
  });
  const others = charter.witnesses.filter((vkey) => given.every((each) => each.vkey !== vkey));
  return [...given, ...others.flatMap((vkey) => namedByCharter(suite, vkey))];
}

/** A charter may name a key of a kind that is not read here. */
function namedByCharter(suite: Verification["suite"], vkey: string): Known[] {
  try {
    return [{ vkey, key: parseVkey(suite, vkey), given: false }];
  } catch (error) {
    if (isParleyError(error)) return [];
    throw error;
  }
}

/** Of each witness the first cosignature under which the entry is shown to be. */
export function cosignedOver(section: Section | undefined, index: number): FoundCosignature[] {
  const first = new Map<string, FoundCosignature>();
  for (const { index: proven, ...found } of section?.cosigned ?? []) {
    const isOver = section?.form === "proofs" ? proven === index : found.size > index;
    if (isOver && found.size < (first.get(found.vkey)?.size ?? Infinity)) first.set(found.vkey, found);
  }
  return [...first.values()];
}

/** Every message of a log that the given policy names stands under a checkpoint that a quorum of it cosigned. */
export function checkQuorum(state: Verification, messages: readonly EvidenceMessage[]): void {
  const { policy, suite, line } = state;
  if (policy === null) return;
  const logs = new Set<string>(policy.logs.map(({ key }) => key.name));
  const names = new Map(policy.witnesses.map(({ name, key }) => [formatVkey(suite, "cosignature", key), name]));
  const due = messages.filter(({ origin, hash }) => logs.has(origin) || hash === line?.about);
  if (due.length === 0)
    fault(state, "evidence-quorum", "the file", "No message of a log that the policy names is here.");
  for (const { origin, index, cosigned } of due) {
    const by = new Set(cosigned.flatMap(({ vkey }) => names.get(vkey) ?? []));
    if (logs.has(origin) && meetsQuorum(policy, by)) continue;
    const section = state.sections.find((each) => each.origin === origin) as Section;
    const why = logs.has(origin)
      ? `${by.size} witnesses of the policy cosigned; it wants more.`
      : `The policy names no log ${origin}.`;
    fault(state, "evidence-quorum", whereOf(section, index), why);
  }
}
