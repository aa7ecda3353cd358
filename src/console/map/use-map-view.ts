/** What the map shows of a view: asked for when the view rests, when the filter changes, and when the node says so. */
import { startTransition, useEffect, useMemo, useState } from "react";
import { type MapReply, MOST_SHAPES, type NodeEvent, SAID_STATES } from "../../api/index.ts";
import { CONTENT_KINDS } from "../../message/index.ts";
import { loader, pace } from "../live/loader.ts";
import { isSame } from "../live/same.ts";
import { useDesk } from "../session/desk.ts";
import { type Problem, problemOf } from "../view/problem.ts";
import type { View } from "./view.ts";

export interface MapFilter {
  readonly text: string;
  /** Empty: all. */
  readonly kinds: readonly string[];
  readonly parties: readonly string[];
  /** Also what was superseded or withdrawn, or has expired. */
  readonly past: boolean;
  /** Only what holds then; null: whatever its times. */
  readonly moment: number | null;
  /** As this node knew it then; null: as it knows it now. */
  readonly asOf: number | null;
}

export const ALL: MapFilter = { text: "", kinds: [], parties: [], past: false, moment: null, asOf: null };

/** The filter as the routes take it. */
function queryOf({ text, kinds, parties, past, moment, asOf }: MapFilter): Record<string, string | number> {
  return {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(kinds.length === 0 ? {} : { kinds: kinds.join(",") }),
    ...(parties.length === 0 ? {} : { from: parties.join(",") }),
    ...(past ? {} : { states: "in-force" }),
    ...(moment === null ? {} : { since: moment, until: moment }),
    ...(asOf === null ? {} : { as_of: asOf }),
  };
}

/** The same for files: what is in force is the node's to say, for sites and alerts protect beyond their time. */
export function fileQueryOf({ past, ...filter }: MapFilter): Record<string, string | number> {
  const { states: _, ...query } = queryOf({ ...filter, past });
  return past ? { ...query, states: SAID_STATES.join(",") } : query;
}

const SETTLE_MS = 80;
/** The map that one works on. */
export const WHOLE: Drawing = { gatherMs: SETTLE_MS, most: MOST_SHAPES };

/** Kinds whose messages say where something is. */
export const PLACED = CONTENT_KINDS.filter((kind) => !["stance", "assessment", "call", "text"].includes(kind));

/** What has no place, and takes back nothing that has one, leaves every map as it is. */
export function changesMap(event: NodeEvent | "again"): boolean {
  if (event === "again") return true;
  if (event.type !== "message") return event.type === "plan" || event.type === "conflict";
  return event.kind === "withdrawal" || PLACED.some((kind) => kind === event.kind);
}

interface Held {
  readonly reply: MapReply | null;
  readonly problem: Problem | null;
}

export interface Drawing {
  /** What changes is gathered for so long. */
  readonly gatherMs: number;
  /** Shapes drawn singly; the rest is counted. */
  readonly most: number;
}

/** The newest that came; kept while the next is on its way, and while the node is gone. `drawing` is constant. */
export function useMapView(view: View | null, filter: MapFilter, drawing: Drawing): Held {
  const { client, feed } = useDesk();
  const [held, setHeld] = useState<Held>({ reply: null, problem: null });
  const { gatherMs, most } = drawing;
  const query = useMemo(() => (view === null ? null : { ...view, most, ...queryOf(filter) }), [view, most, filter]);
  useEffect(() => {
    if (query === null) return;
    const over = new AbortController();
    const load = loader(
      () => client.mapView({ query }, { signal: over.signal }),
      (outcome) =>
        // Thousands of shapes are put into words: the map goes on moving meanwhile.
        void outcome.then(
          (reply) => startTransition(() => setHeld((before) => newer(before, reply))),
          (error: unknown) => setHeld(({ reply }) => ({ reply, problem: problemOf(error) })),
        ),
      { pace: pace(), gatherMs },
    );
    const timer = setTimeout(load.now, SETTLE_MS);
    const leave = feed.onEvent((event) => changesMap(event) && load.changed());
    return () => {
      clearTimeout(timer);
      leave();
      load.stop();
      over.abort();
    };
  }, [client, feed, query, gatherMs]);
  return held;
}

/** What says the same as before is not drawn again: most of what is told has no place. */
function newer(before: Held, reply: MapReply): Held {
  const isKnown = before.problem === null && before.reply !== null && isSame({ ...before.reply, at: reply.at }, reply);
  return isKnown ? before : { reply, problem: null };
}
