/** Questions to what the live index holds. */
import { type AnyVolume, trustFootprint } from "../../geo/index.ts";
import { type Breach, type Doubt, worseFinding } from "../breach.ts";
import { compareVolumes } from "../compare.ts";
import { type Conflict, report, type Subject, type Undecided } from "../conflict.ts";
import type { Separation } from "../rules.ts";
import type { Asked } from "./asked.ts";
import { append } from "./list.ts";
import type { Held } from "./hold.ts";
import { FAR, NEAR, type Verdict } from "./nearness.ts";
import { ready, spansToSearch } from "./probe.ts";
import type { Findings, Hits, Side } from "./types.ts";
import { fetchRecords, isInReach, kindOf, LEG, readInt, volumeOf } from "./volumes.ts";

export interface Question {
  readonly subject: Subject;
  readonly side: Side;
  readonly asked: Asked;
  /** The number of a subject that is passed over, or -1. */
  readonly except: number;
}

/** What a volume of the subject has to do with a volume in the index: `slot` of subject `number`, never FAR. */
type Visit = (verdict: Verdict, slot: number, number: number, asked: Separation, mine: number) => void;

/** Calls `visit` for every pair of volumes, `mine` being the place of the subject's own, that is not surely apart. The probe holds the subject's volume meanwhile. */
function eachNear(held: Held, { subject, asked, except }: Question, visit: Visit): void {
  const { volumes, subjects, judge, probe, found } = held;
  for (let mine = 0; mine < subject.volumes.length; mine++) {
    ready(probe, subject.volumes[mine] as AnyVolume);
    findCandidates(held, asked);
    for (let i = 0; i < found.count; i++) {
      const slot = found.ints[i] as number;
      const number = readInt(volumes, slot, "subject");
      if (number === except) continue;
      const separation = asked.only ?? (asked.separations[subjects.sortOf(number)] as Separation);
      const verdict = judge.verdict(probe, slot, separation);
      if (verdict !== FAR) visit(verdict, slot, number, separation, mine);
    }
  }
}

/** Finds the volumes that pass the grid and the second sieve, each once. Of what moves, the volume and not its legs. */
function findCandidates(held: Held, { reach }: Asked): void {
  const { probe, found, volumes, grid } = held;
  found.count = 0;
  const spans = spansToSearch(probe);
  for (const span of spans) {
    const from = found.count;
    grid.search(span, reach, found);
    fetchRecords(volumes, found, from);
    let kept = from;
    for (let i = from; i < found.count; i++) {
      const slot = found.ints[i] as number;
      if (isInReach(volumes, slot, span, reach)) found.ints[kept++] = slot;
    }
    found.count = kept;
  }
  if (held.legs > 0 || spans.length > 1) onlyOnce(held);
}

function onlyOnce({ found, volumes }: Held): void {
  const all = new Set<number>();
  for (let i = 0; i < found.count; i++) {
    const slot = found.ints[i] as number;
    all.add(kindOf(volumes, slot) === LEG ? readInt(volumes, slot, "link") : slot);
  }
  found.count = 0;
  for (const slot of all) append(found, slot);
}

/** The exact comparison of the probe's volume and one in the index. */
function compare(held: Held, side: Side, slot: number, asked: Separation): Breach | Doubt | null {
  const [mine, theirs] = [held.probe.volume, volumeOf(held.volumes, slot)];
  if (held.probe.isPlain) trustFootprint(mine.footprint);
  return side === "plan" ? compareVolumes(mine, theirs, asked) : compareVolumes(theirs, mine, asked);
}

export function hits(held: Held, question: Question): Hits {
  const { subjects, outcomes: found } = held;
  found.clear();
  eachNear(held, question, (verdict, slot, number, asked) => {
    if (verdict === NEAR) found.note(number, "conflict");
    else if (found.of(number) !== "conflict") {
      const outcome = compare(held, question.side, slot, asked);
      if (outcome !== null) found.note(number, outcome.outcome);
    }
  });
  const conflicts: string[] = [];
  const undecided: string[] = [];
  found.each((number, outcome) => (outcome === "conflict" ? conflicts : undecided).push(subjects.id(number)));
  return { conflicts, undecided };
}

/** The worst that was found with one subject, and between which volumes. */
interface Worst {
  readonly outcome: Breach | Doubt;
  readonly mine: number;
  readonly slot: number;
}

export function query(held: Held, question: Question): Findings {
  const { subject, side } = question;
  const found = new Map<number, Worst>();
  eachNear(held, question, (verdict, slot, number, asked, mine) => {
    const quick = verdict === NEAR ? held.judge.breach(held.probe, side, asked) : null;
    const outcome = quick ?? compare(held, side, slot, asked);
    if (outcome === null) return;
    const [one, other] = [found.get(number), { outcome, mine, slot }];
    found.set(number, one === undefined ? other : worstOf(held, number, side, one, other));
  });
  const conflicts: Conflict[] = [];
  const undecided: Undecided[] = [];
  const { subjects } = held;
  for (const [number, worst] of [...found].toSorted(([a], [b]) => subjects.order(a) - subjects.order(b))) {
    const other = { id: subjects.id(number), name: subjects.name(number) };
    const reported = side === "plan" ? report(subject, other, worst.outcome) : report(other, subject, worst.outcome);
    if (reported.outcome === "conflict") conflicts.push(reported);
    else undecided.push(reported);
  }
  return { conflicts, undecided };
}

/** Of two that are equally bad, that of the plan's earlier volume, then of the other's: whichever was found first. */
function worstOf(held: Held, number: number, side: Side, one: Worst, other: Worst): Worst {
  if (worseFinding(one.outcome, other.outcome) === other.outcome) return other;
  if (worseFinding(other.outcome, one.outcome) === one.outcome) return one;
  const [mine, theirs] = [one.mine - other.mine, placeOf(held, number, one.slot) - placeOf(held, number, other.slot)];
  const order = side === "plan" ? mine || theirs : theirs || mine;
  return order <= 0 ? one : other;
}

/** Which of a subject's volumes it is. */
function placeOf({ subjects, volumes }: Held, number: number, slot: number): number {
  let place = 0;
  for (let at = subjects.first(number); at !== slot; at = readInt(volumes, at, "next")) place += 1;
  return place;
}
