import { list, nullable, record } from "../compose.ts";
import { code, instant, line, partyId, words } from "../field.ts";

/** Minutes of a voice call, with the authentication challenge that was used. */
export const CALL = record(
  {
    parties: list(partyId(), 1, 16),
    began_at: instant(),
    ended_at: instant(),
    challenge: nullable(line(120)),
    response: nullable(line(120)),
    challenge_result: code("challenge_result"),
    minutes: words(8000),
  },
  {
    check: ({ began_at, ended_at, minutes, challenge, challenge_result }) => {
      if (minutes === "") return "a call needs its minutes";
      if (ended_at < began_at) return "the call ends before it begins";
      return (challenge === null) !== (challenge_result === "not-used")
        ? "the challenge and its result disagree"
        : null;
    },
  },
);
