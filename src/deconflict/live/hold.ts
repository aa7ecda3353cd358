/** What the live index holds, and how subjects come in and go out. */
import type { AnyVolume } from "../../geo/index.ts";
import type { Subject } from "../conflict.ts";
import { createGrid, type Grid } from "./grid.ts";
import { createList, type List } from "./list.ts";
import { createJudge, type Judge } from "./judge.ts";
import { createOutcomes, type Outcomes } from "./outcomes.ts";
import { createProbe, type Probe, ready } from "./probe.ts";
import { createSubjects, type Subjects } from "./subjects.ts";
import {
  createVolumes,
  give,
  isInGrid,
  kindOf,
  OBJECT,
  readInt,
  readSpan,
  takeLeg,
  takeObject,
  takePlain,
  type Volumes,
  volumeOf,
  writeBall,
  writeInt,
} from "./volumes.ts";

/** All that an index is made of. */
export interface Held {
  readonly subjects: Subjects;
  readonly volumes: Volumes;
  readonly grid: Grid;
  readonly judge: Judge;
  /** Room to work in. */
  readonly probe: Probe;
  readonly found: List;
  readonly outcomes: Outcomes;
  /** Legs of moving volumes in the grid. Without any, no volume is found twice by one span. */
  legs: number;
}

export function createHeld(): Held {
  const volumes = createVolumes();
  return {
    subjects: createSubjects(),
    volumes,
    grid: createGrid(),
    judge: createJudge(volumes),
    probe: createProbe(),
    found: createList(),
    outcomes: createOutcomes(),
    legs: 0,
  };
}

/** Puts a subject in, in place of one with the same id. */
export function put(held: Held, subject: Subject): void {
  const { subjects, volumes } = held;
  const known = subjects.find(subject.id);
  if (known >= 0) dropVolumes(held, known);
  const first = addVolumes(held, subject.volumes);
  const number = known < 0 ? subjects.add(subject, first) : known;
  // To find the same name again costs more than all else that is written of a subject.
  if (known >= 0) subjects.change(known, subject, first);
  for (let slot = first; slot >= 0; slot = readInt(volumes, slot, "next")) writeInt(volumes, slot, "subject", number);
}

/** The first of them; each leads to the next. -1 where there is none. */
function addVolumes(held: Held, all: readonly AnyVolume[]): number {
  let first = -1;
  let last = -1;
  for (const volume of all) {
    const slot = addVolume(held, volume);
    if (first < 0) first = slot;
    else writeInt(held.volumes, last, "next", slot);
    last = slot;
  }
  return first;
}

function addVolume(held: Held, volume: AnyVolume): number {
  const { volumes, grid, probe } = held;
  ready(probe, volume);
  const slot = probe.isPlain ? takePlain(volumes, probe.flat, probe.terms) : takeObject(volumes, volume, probe.terms);
  const [span] = probe.spans;
  if (span !== undefined && probe.spans.length === 1) {
    grid.add(slot, writeBall(volumes, slot, span));
    return slot;
  }
  let last = -1;
  for (const leg of probe.spans) {
    const own = takeLeg(volumes, leg, slot);
    grid.add(own, writeBall(volumes, own, leg));
    if (last < 0) writeInt(volumes, slot, "link", own);
    else writeInt(volumes, last, "next", own);
    held.legs += 1;
    last = own;
  }
  return slot;
}

/** False where there is no subject of this id. */
export function takeOut(held: Held, id: string): boolean {
  const number = held.subjects.find(id);
  if (number < 0) return false;
  dropVolumes(held, number);
  held.subjects.remove(id, number);
  return true;
}

function dropVolumes(held: Held, number: number): void {
  for (let slot = held.subjects.first(number); slot >= 0;) {
    const next = readInt(held.volumes, slot, "next");
    dropVolume(held, slot);
    slot = next;
  }
  held.subjects.empty(number);
}

function dropVolume(held: Held, slot: number): void {
  const { volumes } = held;
  for (let leg = kindOf(volumes, slot) === OBJECT ? readInt(volumes, slot, "link") : -1; leg >= 0;) {
    const next = readInt(volumes, leg, "next");
    dropRecord(held, leg);
    held.legs -= 1;
    leg = next;
  }
  held.judge.forget(slot);
  dropRecord(held, slot);
}

function dropRecord({ volumes, grid }: Held, slot: number): void {
  if (isInGrid(volumes, slot)) grid.remove(slot, readSpan(volumes, slot));
  give(volumes, slot);
}

/** The subject as it was put in, made anew. */
export function subjectOf({ subjects, volumes }: Held, number: number): Subject {
  const all: AnyVolume[] = [];
  for (let slot = subjects.first(number); slot >= 0; slot = readInt(volumes, slot, "next")) {
    all.push(volumeOf(volumes, slot));
  }
  return { ...subjects.head(number), volumes: all };
}
