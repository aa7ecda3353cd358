import { apiError } from "../../api/index.ts";
import { toBase64 } from "../../wire/bytes.ts";
import type { Caller, HandlersOf } from "../http/handlers.ts";
import { lineStateName } from "../exchange/line-standing.ts";
import type { Node } from "../node.ts";
import type { Sessions, SignedIn } from "../sessions.ts";
import { VERSION } from "../version.ts";

export function sessionRoutes(
  { state, now, presence }: Node,
  sessions: Sessions,
): HandlersOf<"node" | "challenge" | "openSession" | "session" | "closeSession"> {
  const told = (token: string, { officer, expiresAt }: SignedIn) => ({
    token,
    officer: officer.id,
    person: officer.person,
    party: state.self,
    roles: [...officer.roles],
    expires_at: expiresAt,
  });
  return {
    node: () => ({
      party: state.self,
      name: state.party(state.self).name,
      exercise: state.charter.exercise,
      line: state.line,
      line_title: state.charter.title,
      state: lineStateName(state, now()),
      officers: state.roster(state.self).officers.map(({ id, roles }) => ({ id, roles: [...roles] })),
      version: VERSION,
    }),
    challenge: ({ body }) => {
      const { challenge, expiresAt } = sessions.challenge(body.officer);
      return { challenge: toBase64(challenge), expires_at: expiresAt };
    },
    openSession: ({ body }) => {
      const opened = sessions.open(body.officer, body.challenge, body.signature);
      return told(opened.token, opened);
    },
    session: (_, caller) => told(tokenOf(caller), sessionOf(caller)),
    closeSession: (_, caller) => {
      presence.gone(tokenOf(caller));
      sessions.close(tokenOf(caller));
    },
  };
}

/** The route's access says that there is one. */
export function sessionOf({ session }: Caller): SignedIn {
  if (session === null) throw apiError("not-signed-in", "This asks for a signed-in officer.");
  return session;
}

function tokenOf({ token }: Caller): string {
  if (token === null) throw apiError("not-signed-in", "This asks for a signed-in officer.");
  return token;
}
