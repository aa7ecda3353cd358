import { useCallback, useEffect, useState } from "react";
import type { Inbox } from "../../api/index.ts";
import { type Resource, useResource } from "../live/use-resource.ts";
import { useDesk } from "../session/desk.ts";

const AT_FIRST = 50;
const AT_ONCE = 100;

/** What waits, the soonest due first: some rows of it, and more where somebody asks for them. */
export function useInbox(): Resource<Inbox> & { readonly more: () => void } {
  const { client } = useDesk();
  const [limit, setLimit] = useState(AT_FIRST);
  const inbox = useResource("inbox", () => client.inbox({ query: { limit } }), [
    "message",
    "conflict",
    "plan",
    "draft",
  ]);
  const { reload } = inbox;
  useEffect(() => {
    if (limit !== AT_FIRST) reload();
  }, [limit, reload]);
  return { ...inbox, more: useCallback(() => setLimit((before) => before + AT_ONCE), []) };
}
