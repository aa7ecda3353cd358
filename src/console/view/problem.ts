import { isParleyError } from "../../wire/error.ts";

/** What went wrong and what to do next, for an officer. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

export function problemOf(error: unknown): Problem {
  if (isParleyError(error)) return { code: error.code, message: error.message, next: error.next };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "console", message, next: "Try once more; if it stays, tell your administrator these words." };
}
