/** Half-written words are kept on the node for their officer, and found again; what was drafted is let go. */
import { useEffect, useRef, useState } from "react";
import type { Scratch } from "../../api/index.ts";
import { useDesk } from "../session/desk.ts";

/** What is kept of a form: its typed values, and the draft that it became. */
export interface Kept {
  readonly value: object;
  readonly draft: string | null;
  /** The list that it is added to. */
  readonly list: string | null;
  /** The message that it corrects. */
  readonly corrects: string | null;
}

const PAUSE_MS = 1200;

const textOf = (text: unknown): string | null => (typeof text === "string" ? text : null);

/** The form's part of what is kept; null where it is not of this console's making. */
export function keptOf({ form }: Scratch): Kept | null {
  const { value, draft, list, corrects } = form as Readonly<Record<string, unknown>>;
  if (typeof value !== "object" || value === null) return null;
  return { value, draft: textOf(draft), list: textOf(list), corrects: textOf(corrects) };
}

export function newScratchId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Writing {
  readonly id: string;
  readonly kind: Scratch["kind"];
  readonly subject: string;
  readonly value: object;
  readonly list: string | null;
  readonly corrects: string | null;
}

export interface ScratchDesk {
  /** When it was last kept; null where it was not yet. */
  readonly keptAt: number | null;
  /** Kept beside its draft, so that it can be taken up again if that is refused. */
  became(draft: string): Promise<void>;
}

/** Keeps `writing` when the officer pauses, from the first change on. */
export function useScratch({ id, kind, subject, value, list, corrects }: Writing): ScratchDesk {
  const { client } = useDesk();
  const [keptAt, setKeptAt] = useState<number | null>(null);
  const state = JSON.stringify({ kind, subject: subject.slice(0, 200), value });
  const before = useRef(state);
  const keep = async (draft: string | null) => {
    const form = { value: value as never, draft, list, corrects };
    const kept = await client.keepScratch({ body: { id, kind, subject: subject.slice(0, 200), form } });
    setKeptAt(kept.saved_at);
  };
  const latest = useRef(keep);
  useEffect(() => {
    latest.current = keep;
  });
  useEffect(() => {
    if (before.current === state) return;
    const timer = setTimeout(() => {
      before.current = state;
      // What cannot be kept now is kept with the next pause; the words are still on the screen.
      latest.current(null).catch(() => (before.current = ""));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return { keptAt, became: (draft) => keep(draft) };
}
