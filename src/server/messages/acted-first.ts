/** Two officers on one item: who comes second is told who was first, and when, and that nothing of his was lost. */
import { formatTime } from "../../geo/index.ts";
import type { OfficerId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";

/** `did` goes on from the officer's name: "released this draft". */
export function actedFirst(by: OfficerId, at: number, did: string) {
  return serverError("acted-first", `${by} ${did} at ${formatTime(at)}, while you had it open.`, {
    detail: { by, at },
  });
}
