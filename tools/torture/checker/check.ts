/**
 * Holds against each other what officers were told, what they see, and what each node's export holds, after the line has
 * settled. Nothing of the program under torture is called here.
 */
import { type FoundDeclaration, takenAway } from "./declared.ts";
import type { Export, FoundLog, FoundMessage } from "./export.ts";

/** What an officer asked for, and what he was told. */
export interface Asked {
  readonly party: string;
  readonly hash: string;
  readonly subject: string;
  readonly outcome: "tried" | "released" | "refused";
}

/** What one node's officers see of one message. */
export interface Seen {
  readonly hash: string;
  readonly from: string;
  /** Why it counts for nothing; empty where it counts. */
  readonly faults: readonly string[];
}

export interface Side {
  readonly party: string;
  readonly seen: readonly Seen[];
  /** Parties of which this node says that they have split their log. */
  readonly accused: readonly string[];
  readonly export: Export;
}

export type Wrong = "lost" | "duplicated" | "false_receipts" | "honest_accused" | "forged_accepted";
export type Report = (wrong: Wrong, what: string) => void;

export function checkLine(
  asked: readonly Asked[],
  sides: readonly Side[],
  hostile: readonly string[],
  report: Report,
): void {
  const honest = sides.filter(({ party }) => !hostile.includes(party));
  for (const side of honest) {
    for (const { party, what } of side.export.faults) {
      if (party === null || !hostile.includes(party)) report("forged_accepted", `export of ${side.party}: ${what}`);
    }
    checkSeen(side, asked, hostile, report);
    checkAccusations(side, hostile, report);
  }
  for (const author of honest) {
    const own = logsOf(author, author.party);
    checkAuthor(author.party, own, asked, report);
    for (const side of honest) {
      if (side === author) continue;
      // To who has left nothing is sent any more.
      if (!hasLeft(side)) for (const log of own) checkCopy(log, side, report);
      checkReceipts(side, honest, report);
    }
  }
}

/** The generations of a party's log. */
function logsOf(side: Side, party: string): FoundLog[] {
  const found = side.export.logs.filter((log) => log.party === party);
  if (found.length === 0) throw new Error(`the export of ${side.party} has no log of ${party}`);
  return found;
}

function declaredBy(side: Side, party: string): FoundDeclaration[] {
  return logsOf(side, party).flatMap(({ declared }) => declared);
}

function hasLeft(side: Side): boolean {
  return declaredBy(side, side.party).some(({ declares }) => declares === "leaving");
}

function checkAuthor(party: string, logs: readonly FoundLog[], asked: readonly Asked[], report: Report): void {
  const messages = logs.flatMap((log) => log.messages);
  const places = Map.groupBy(messages, ({ hash }) => hash);
  for (const each of asked.filter((one) => one.party === party)) {
    const count = places.get(each.hash)?.length ?? 0;
    if (each.outcome === "released" && count === 0)
      report("lost", `${party} was told that "${each.subject}" is released`);
    if (count > 1) report("duplicated", `"${each.subject}" stands ${count} times in the log of ${party}`);
    if (each.outcome === "refused" && count > 0) {
      report("duplicated", `"${each.subject}" was refused to ${party} and is in its log`);
    }
  }
  const ids = Map.groupBy(messages, ({ id }) => id);
  for (const [id, found] of ids) if (found.length > 1) report("duplicated", `id ${id} serves ${found.length} messages`);
}

/** After settling, every other party holds the author's log as it stands there. */
function checkCopy(own: FoundLog, side: Side, report: Report): void {
  const { party, origin } = own;
  const copy = side.export.logs.find((log) => log.origin === origin);
  if (copy === undefined) return report("lost", `${side.party} has no log ${own.generation} of ${party}`);
  const shared = Math.min(own.leaves.length, copy.leaves.length);
  for (let i = 0; i < shared; i++) {
    if (own.leaves[i]?.equals(copy.leaves[i] as Buffer) === true) continue;
    report("honest_accused", `entry ${i} of ${party} is another at ${side.party}: two histories`);
    break;
  }
  if (copy.leaves.length > own.leaves.length) {
    report("lost", `${side.party} holds ${copy.leaves.length} entries of ${party}, which has ${own.leaves.length}`);
  }
  const declared = new Set(copy.declared.map(({ bytes }) => bytes));
  for (const { declares, place, bytes } of own.declared) {
    if (!declared.has(bytes)) report("lost", `the ${declares} of ${party} at ${place.index} is not at ${side.party}`);
  }
  const there = new Set(copy.messages.map(({ hash }) => hash));
  const shown = Map.groupBy(side.seen, ({ hash }) => hash);
  for (const message of own.messages.filter(({ isSigned }) => isSigned)) {
    const what = `"${message.subject}" of ${party}`;
    if (!there.has(message.hash)) report("lost", `${what} is not in the export of ${side.party}`);
    const times = shown.get(message.hash)?.length ?? 0;
    if (times === 0) report("lost", `${what} is not shown at ${side.party}`);
    if (times > 1) report("duplicated", `${what} is shown ${times} times at ${side.party}`);
  }
}

/** A receipt says: I held every entry below this size, durably. So its signer holds them still. */
function checkReceipts(side: Side, honest: readonly Side[], report: Report): void {
  for (const log of side.export.logs) {
    for (const receipt of log.receipts) {
      const signer = honest.find(({ party }) => party === receipt.party);
      if (signer === undefined) continue;
      const held = signer.export.logs.find(({ origin }) => origin === log.origin) ?? { leaves: [], roots: new Map() };
      const root = held.roots.get(receipt.size);
      if (held.leaves.length < receipt.size || (root !== undefined && root !== receipt.root)) {
        const has = `holds ${held.leaves.length}`;
        report("false_receipts", `${receipt.party} signed for ${receipt.size} of ${log.party} and ${has}`);
      }
    }
  }
}

function checkSeen(side: Side, asked: readonly Asked[], hostile: readonly string[], report: Report): void {
  const known = new Map(asked.map((each) => [each.hash, each]));
  const signed = new Map<string, FoundMessage>();
  const away = new Map<string, string>();
  for (const log of side.export.logs) {
    const declared = declaredBy(side, log.party);
    for (const each of log.messages) {
      signed.set(each.hash, each);
      const why = takenAway(declared, { generation: log.generation, index: each.index }, each.keys);
      if (why !== null) away.set(each.hash, why);
    }
  }
  for (const { hash, from, faults } of side.seen) {
    const why = away.get(hash);
    if (why !== undefined) {
      if (!faults.includes(why)) report("forged_accepted", `${side.party} counts ${hash} of ${from}, which is ${why}`);
      continue;
    }
    if (faults.length > 0) {
      // To what a party that splits its log has told another, nobody else can find what refers to it.
      const target = signed.get(hash)?.re ?? null;
      const isBeyond = faults.join() === "unknown-target" && target !== null && !signed.has(target);
      if (hostile.length > 0 && isBeyond) continue;
      if (!hostile.includes(from) && known.has(hash)) {
        report(
          "lost",
          `${side.party} counts "${known.get(hash)?.subject}" of ${from} for nothing: ${faults.join(" ")}`,
        );
      }
      continue;
    }
    if (signed.get(hash)?.isSigned !== true)
      report("forged_accepted", `${side.party} counts ${hash}, which no officers signed`);
    if (!hostile.includes(from) && !known.has(hash))
      report("forged_accepted", `${side.party} counts ${hash}, which nobody of ${from} released`);
  }
}

function checkAccusations(side: Side, hostile: readonly string[], report: Report): void {
  for (const party of side.accused.filter((each) => !hostile.includes(each))) {
    report("honest_accused", `${side.party} holds a split record against ${party}`);
  }
  for (const log of side.export.logs.filter(({ party }) => !hostile.includes(party))) {
    for (const { items } of log.notices) {
      for (const [code, origin] of items) {
        const about = typeof origin === "string" ? (origin.split("/")[2] ?? "") : "";
        if (code === "split" && !hostile.includes(about))
          report("honest_accused", `${log.party} says that ${about} split its log`);
      }
    }
  }
}

/** What a party was told is declared stands in its own log: by `checkCopy`, then, at everybody who is to have it. */
export function checkDeclared(
  told: readonly { readonly party: string; readonly declares: string; readonly bytes: string }[],
  sides: readonly Side[],
  report: Report,
): void {
  for (const { party, declares, bytes } of told) {
    const own = sides.find((side) => side.party === party);
    const found = own === undefined ? [] : declaredBy(own, party).filter((each) => each.bytes === bytes);
    if (found.length === 0) report("lost", `${party} was told that its ${declares} is published`);
    if (found.length > 1) report("duplicated", `the ${declares} of ${party} stands ${found.length} times in its log`);
  }
}
