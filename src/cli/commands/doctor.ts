import { Command } from "commander";
import type { DoctorStep } from "../../api/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { localSteps } from "../doctor-steps.ts";
import { count } from "../table.ts";

const MARKS = { ok: "ok     ", warning: "warning", failed: "FAILED ", "not-tried": "-      " } as const;

export function doctorCommand(context: Context): Command {
  const command = nodeOptions(
    new Command("doctor").description("try every step of the line, on either end, and name the one that fails"),
  );
  examples(command, [
    ["why does nothing arrive?", "doctor --dir north --as watch-1"],
    ["exit status 1 where a step fails", "doctor --dir north --as watch-1 --json"],
  ]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const steps = await localSteps(context, options);
    const ok = steps.every(({ outcome }) => outcome !== "failed");
    return { status: ok ? 0 : 1, json: { ok, steps }, text: stepsText(steps) };
  });
}

function stepsText(steps: readonly DoctorStep[]): string {
  const lines = steps.map(({ outcome, step, message, next, code }) => {
    const line = `${MARKS[outcome]}  ${step}: ${message}`;
    return next === null ? line : `${line}\n         next: ${next}${code === null ? "" : ` (${code})`}`;
  });
  const failed = steps.find(({ outcome }) => outcome === "failed");
  const warnings = steps.filter(({ outcome }) => outcome === "warning").length;
  const works = warnings === 0 ? "Every step works." : `No step fails, with ${count(warnings, "warning")}: see above.`;
  return [...lines, "", failed === undefined ? works : `The line fails at: ${failed.step}.`].join("\n");
}
