/** What a certificate commits to without showing it: the plan, what was found, and the rules (spec/certificate.md). */
import { hash, type Suite } from "../crypto/index.ts";
import type { AnyFootprint, AnyVolume, Position } from "../geo/index.ts";
import { type Bytes, compareBytes, ofLength, toHex } from "../wire/bytes.ts";
import { type CborValue, encodeCbor } from "../wire/cbor.ts";
import type { CertifiedOutcome } from "./certificate.ts";
import type { RuleLayers } from "./layers.ts";
import { type Grave, GRAVES } from "./rules.ts";

/** Random, and kept with the plan: without it nobody can try plans against the commitment. */
export const SALT_BYTES = 32;

/** What is committed to of a plan. */
export interface CommittedPlan {
  readonly id: string;
  readonly category: string;
  readonly volumes: readonly AnyVolume[];
}

/** One thing that was found: with what, how grave, and the code where it could not be decided. */
export interface Finding {
  /** A message's hash; `holding:` and the id of a holding of the party's own. */
  readonly against: string;
  readonly grave: Grave;
  readonly undecided: string | null;
}

type Hasher = Pick<Suite, "sha256">;

/** 64 hexadecimal digits. */
export function commitmentOf(suite: Hasher, salt: Bytes, plan: CommittedPlan): string {
  return committed(suite, "parley/v1/plan", salt, [1, plan.id, plan.category, plan.volumes.map(volumeToCbor)]);
}

/** In any order. 64 hexadecimal digits. */
export function findingsHash(suite: Hasher, salt: Bytes, findings: readonly Finding[]): string {
  const each = findings.map(({ against, grave, undecided }): CborValue => [against, grave, undecided]);
  const sorted = each
    .map((one) => ({ one, bytes: encodeCbor(one) }))
    .toSorted((a, b) => compareBytes(a.bytes, b.bytes));
  return committed(suite, "parley/v1/findings", salt, [1, sorted.map(({ one }) => one)]);
}

function committed(suite: Hasher, label: string, salt: Bytes, value: CborValue): string {
  return toHex(hash(suite, label, ofLength(salt, SALT_BYTES), encodeCbor(value)));
}

export function outcomeOf(findings: readonly Finding[]): CertifiedOutcome {
  const decided = findings.filter(({ undecided }) => undecided === null);
  const undecided = findings.length - decided.length;
  const gravest = GRAVES.findLast((grave) => decided.some((finding) => finding.grave === grave));
  if (gravest !== undefined) return { outcome: "conflicts", conflicts: decided.length, gravest, undecided };
  return undecided > 0 ? { outcome: "undecided", undecided } : { outcome: "clear" };
}

const MICRO = 1e6;

/** All rules in force, in the order in which they are asked; each as in spec/check.md, each number in millionths. 64 hexadecimal digits. */
export function rulesHash(suite: Hasher, layers: RuleLayers): string {
  return toHex(hash(suite, "parley/v1/rules", encodeCbor(inMillionths(layers))));
}

function inMillionths(value: unknown): CborValue {
  if (typeof value === "number") return whole(value * MICRO);
  if (Array.isArray(value)) return value.map(inMillionths);
  if (typeof value !== "object" || value === null) return value as CborValue;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, inMillionths(field)]));
}

const NANO = 1e9;
const MILLI = 1e3;

function volumeToCbor({ footprint, height, window, recurs, motion }: AnyVolume): CborValue {
  return [
    footprintToCbor(footprint),
    height === null ? null : [height.datum, millis(height.lower_m), millis(height.upper_m)],
    [window.start, window.end],
    recurs == null ? null : [recurs.every_days, recurs.from_ms, recurs.for_ms],
    motion == null ? null : [motion.times, whole(motion.tolerance_s * MILLI)],
  ];
}

function footprintToCbor(footprint: AnyFootprint): CborValue {
  const { type } = footprint;
  switch (type) {
    case "point":
      return [type, positionToCbor(footprint.at)];
    case "circle":
      return [type, positionToCbor(footprint.centre), millis(footprint.radius_m)];
    case "polygon":
      return [type, footprint.rings.map(ringToCbor)];
    case "multipolygon":
      return [type, footprint.polygons.map((rings) => rings.map(ringToCbor))];
    case "corridor":
      return [type, ringToCbor(footprint.line), millis(footprint.width_m)];
  }
}

function ringToCbor(ring: readonly Position[]): CborValue {
  return ring.map(positionToCbor);
}

function positionToCbor({ lat, lon }: Position): CborValue {
  return [whole(lat * NANO), whole(lon * NANO)];
}

function millis(metres: number | null): number | null {
  return metres === null ? null : whole(metres * MILLI);
}

/** Rounded half away from zero, and never minus zero. */
function whole(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) + 0;
}
