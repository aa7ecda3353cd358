/** The steps from an officer's chair to the other side, each tried in turn; the first that fails is the one to mend. */
import type { DoctorStep } from "../api/index.ts";
import { isParleyError } from "../wire/error.ts";
import type { Context } from "./context.ts";
import { directoryOf, officerKeyFile } from "./directory.ts";
import type { NodeOptions } from "./help.ts";
import { addressOf, type Officer, officer, stranger } from "./node.ts";

type Try = (context: Context, options: NodeOptions) => Promise<string>;

/** Tries this machine's own steps, then asks the node for the rest. Faults become steps; they are not thrown. */
export async function localSteps(context: Context, options: NodeOptions): Promise<readonly DoctorStep[]> {
  let signedIn: Officer | null = null;
  const here: readonly (readonly [string, Try])[] = [
    ["node's address", address],
    [
      "node answers",
      async () => {
        const node = await stranger(context, options).node();
        return `${node.name} (${node.party}), version ${node.version}`;
      },
    ],
    ["officer's key", async () => officerKeyFile(context, options)],
    [
      "sign in",
      async () => {
        signedIn = await officer(context, options);
        return `as ${signedIn.session.officer} (${signedIn.session.roles.join(", ")})`;
      },
    ],
  ];
  const steps: DoctorStep[] = [];
  let failed = false;
  for (const [step, attempt] of here) {
    const done: DoctorStep = failed ? notTried(step) : await tried(step, () => attempt(context, options));
    failed ||= done.outcome === "failed";
    steps.push(done);
  }
  return failed ? steps : [...steps, ...(await nodeSteps(signedIn))];
}

/** Where the directory is at hand, every fault of its settings is named. */
async function address(context: Context, options: NodeOptions): Promise<string> {
  if (options.url === undefined) {
    const { checkOwnParty } = await import("../server/index.ts");
    checkOwnParty(context.suite, directoryOf(context, options));
  }
  return addressOf(context, options);
}

async function nodeSteps(signedIn: Officer | null): Promise<readonly DoctorStep[]> {
  if (signedIn === null) return [];
  try {
    return (await signedIn.client.doctor()).steps;
  } catch (error) {
    return [faultStep("node's own steps", error)];
  }
}

async function tried(step: string, attempt: () => Promise<string>): Promise<DoctorStep> {
  try {
    return { step, party: null, outcome: "ok", found: null, code: null, message: await attempt(), next: null };
  } catch (error) {
    return faultStep(step, error);
  }
}

function faultStep(step: string, error: unknown): DoctorStep {
  if (!isParleyError(error)) throw error;
  return {
    step,
    party: null,
    outcome: "failed",
    found: null,
    code: error.code,
    message: error.message,
    next: error.next,
  };
}

function notTried(step: string): DoctorStep {
  return { step, party: null, outcome: "not-tried", found: null, code: null, message: "not tried", next: null };
}
