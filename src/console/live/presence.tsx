/** This page says every 15 s what it shows and whether somebody uses it; and knows who else has the same open. */
import { createContext, use, useEffect, useRef, useState } from "react";
import type { PresenceReply } from "../../api/index.ts";
import { parseDraftId, parseMessageHash } from "../../wire/id.ts";
import { isParleyError } from "../../wire/error.ts";
import type { Route } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { useWords } from "../words/say.tsx";
import { Notice } from "../view/pieces.tsx";

const BEAT_MS = 15_000;
const GATHER_MS = 100;
type Item = PresenceReply["present"][number]["item"];
type Doing = PresenceReply["present"][number]["doing"];

export const PresenceContext = createContext<PresenceReply | null>(null);
export const usePresent = (): PresenceReply | null => use(PresenceContext);

export function usePresence(route: Route): PresenceReply | null {
  const { client, feed } = useDesk();
  const mayDrafts = useMay("see drafts");
  const [reply, setReply] = useState<PresenceReply | null>(null);
  const used = useRef(true);
  const shown = JSON.stringify(shownOn(route, mayDrafts));
  useEffect(() => {
    const note = () => {
      used.current = true;
    };
    const options = { capture: true, passive: true } as const;
    for (const event of ["pointerdown", "keydown", "wheel"] as const) window.addEventListener(event, note, options);
    return () => {
      for (const event of ["pointerdown", "keydown", "wheel"] as const)
        window.removeEventListener(event, note, options);
    };
  }, []);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      const active = used.current;
      used.current = false;
      try {
        const told = await client.here({ body: { ...(JSON.parse(shown) as ReturnType<typeof shownOn>), active } });
        if (!over) setReply(told);
      } catch {
        // Lost or signed out: the frame says so; what was used is told with the next beat.
        used.current ||= active;
      }
    };
    const look = async () => {
      timer = undefined;
      const told = await client.presence().catch(() => null);
      if (!over && told !== null) setReply(told);
    };
    void beat();
    const beats = setInterval(() => void beat(), BEAT_MS);
    const leave = feed.onEvent((event) => {
      if (event === "again") void beat();
      else if (event.type === "presence") timer ??= setTimeout(() => void look(), GATHER_MS);
    });
    return () => {
      over = true;
      clearInterval(beats);
      clearTimeout(timer);
      leave();
    };
  }, [client, feed, shown]);
  return reply;
}

function shownOn(route: Route, mayDrafts: boolean): { readonly item: Item; readonly doing: Doing } {
  try {
    switch (route.page) {
      case "message":
        return { item: { type: "message", id: parseMessageHash(route.hash) }, doing: "reading" };
      case "readback":
      case "answer":
        return { item: { type: "message", id: parseMessageHash(route.hash) }, doing: "writing" };
      case "draft":
        return { item: mayDrafts ? { type: "draft", id: parseDraftId(route.id) } : null, doing: "reading" };
      case "write":
      case "bring":
        return { item: null, doing: "writing" };
      case "watch":
      case "inbox":
      case "map":
      case "drafts":
      case "lists":
      case "list":
      case "plans":
      case "table":
      case "knows":
      case "line":
        return { item: null, doing: "reading" };
    }
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return { item: null, doing: "reading" };
  }
}

/** Two officers on one item see each other. */
export function OthersHere({ route }: { readonly route: Route }) {
  const { session } = useDesk();
  const { t } = useWords();
  const reply = usePresent();
  const { item } = shownOn(route, true);
  if (item === null || reply === null) return null;
  const others = reply.present.filter((each) => each.officer !== session.officer && each.item?.id === item.id);
  if (others.length === 0) return null;
  return (
    <div className="others" aria-live="polite">
      {others.map(({ officer, doing }) => (
        <Notice key={officer} tone="warn">
          {t(doing === "writing" ? "watch.also-writing" : "watch.also-here", { officer })}
        </Notice>
      ))}
    </div>
  );
}
