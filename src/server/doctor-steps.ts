/** A step of the doctor: how it is tried, and what may come of it. */
import type { DoctorStep } from "../api/index.ts";
import { ParleyError } from "../wire/error.ts";
import type { PartyId } from "../wire/id.ts";
import type { Found } from "./doctor-findings.ts";
import { serverError } from "./errors.ts";

/** A fault with what was come upon, in figures, where there is more to say than what its code says. */
interface Fault {
  readonly error: ParleyError;
  readonly found: Found;
}
/** What was found, and should be looked at though it is no fault. */
interface Remark {
  readonly remark: Found;
}
/** What was found, or a fault: thrown where the step failed, handed back where it is only a warning. */
export type Finding = Found | Remark | Fault | ParleyError;
export type Step = readonly [name: string, attempt: () => Finding | Promise<Finding>];

/** After a failure the rest is not tried: it could only fail for the same reason. */
export async function inTurn(party: PartyId | null, steps: readonly Step[]): Promise<DoctorStep[]> {
  const done: DoctorStep[] = [];
  let failed = false;
  for (const [step, attempt] of steps) {
    if (failed) {
      done.push(...notTried(party, [[step, attempt]]));
      continue;
    }
    const came = await tried(attempt);
    failed = came.outcome === "failed";
    done.push({ step, party, ...came });
  }
  return done;
}

export function notTried(party: PartyId | null, steps: readonly Step[]): DoctorStep[] {
  const nothing = { code: null, found: null, message: "A step before it failed.", next: null };
  return steps.map(([step]) => ({ step, party, outcome: "not-tried", ...nothing }));
}

async function tried(attempt: Step[1]): Promise<Omit<DoctorStep, "step" | "party">> {
  try {
    const came = await attempt();
    if (came instanceof ParleyError) return { outcome: "warning", ...said(came, null) };
    if ("remark" in came) return { outcome: "warning", ...spoken(came.remark) };
    if ("error" in came) return { outcome: "warning", ...said(came.error, came.found) };
    return { outcome: "ok", ...spoken(came) };
  } catch (thrown) {
    const { error, found: came } = thrown instanceof Failed ? thrown : { error: thrown, found: null };
    if (!(error instanceof ParleyError)) throw error;
    return { outcome: "failed", ...said(error, came) };
  }
}

const figuresOf = ({ name, figures }: Found) => ({ name, figures });

function spoken(came: Found) {
  return { code: null, found: figuresOf(came), message: came.message, next: null };
}

function said({ code, message, next }: ParleyError, came: Found | null) {
  return { code, found: came && figuresOf(came), message, next };
}

type Code = Parameters<typeof serverError>[0];

/** The error's sentence is that of what was come upon. */
export function fault(code: Code, came: Found): Fault {
  return { error: serverError(code, came.message), found: came };
}

/** Thrown where the step failed. */
export class Failed extends Error {
  readonly error: ParleyError;
  readonly found: Found;
  constructor(code: Code, came: Found, cause?: unknown) {
    super(came.message, { cause });
    this.error = serverError(code, came.message, { cause });
    this.found = came;
  }
}
