import { type Client, createClient, type NodeFacts, type Session, signIn } from "../../api/index.ts";
import { isParleyError, ParleyError } from "../../wire/error.ts";
import { openFeed } from "../live/feed.ts";
import type { Desk } from "./desk.ts";
import type { OfficerKey } from "./key.ts";

const fetchHere = (url: string, init: RequestInit) =>
  window.fetch(url, { ...init, cache: "no-store", credentials: "omit" });

/** A client for what may be asked before anyone has signed in. */
export const publicClient: Client = createClient({ baseUrl: "", fetch: fetchHere, token: () => null });

/** Why the door is shown again. */
export type Leaving = "signed-out" | "key-refused";

/**
 * Signs the officer in and opens his desk. While it is open, a session that has ended (the node was started again, the
 * time was up) is opened anew with the key in memory, so that the officer loses neither his place nor his words.
 */
export async function openDesk(node: NodeFacts, key: OfficerKey, ended: (why: Leaving) => void): Promise<Desk> {
  if (key.party !== node.party) throw otherParty(key.party, node.name);
  let session = await signIn(publicClient, key.officer, key.signer);
  let renewal: Promise<Session> | null = null;
  const renew = async () => {
    renewal ??= signIn(publicClient, key.officer, key.signer).finally(() => (renewal = null));
    try {
      session = await renewal;
    } catch (error) {
      // The newest roster no longer has this officer or this key: nothing of the line stays on his screen.
      if (isParleyError(error, "officer-unknown") || isParleyError(error, "signature-refused")) leave("key-refused");
      throw error;
    }
  };
  const client = createClient({
    baseUrl: "",
    token: () => session.token,
    fetch: async (url, init) => {
      const first = await fetchHere(url, init);
      if (first.status !== 401) return first;
      await renew();
      return fetchHere(url, {
        ...init,
        headers: { ...(init.headers as object), authorization: `Bearer ${session.token}` },
      });
    },
  });
  const feed = openFeed({
    events: (signal, opened) => streamOf(client, signal, opened),
    probe: async (signal) => void (await publicClient.health({}, { signal })),
  });
  const leave = (why: Leaving) => {
    feed.stop();
    ended(why);
  };
  const signOut = () => {
    void client.closeSession().catch(() => undefined);
    leave("signed-out");
  };
  return { node, session, client, signer: key.signer, feed, signOut };
}

async function* streamOf(client: Client, signal: AbortSignal, opened: () => void) {
  const events = await client.events({}, { signal });
  opened();
  yield* events;
}

function otherParty(theirs: string, here: string): ParleyError {
  return new ParleyError("officer-unknown", `This key belongs to "${theirs}"; this is the node of ${here}.`, {
    exit: 2,
    http: 404,
    next: "Open your own party's address, or choose another key file.",
  });
}
