/** A node whose clock a test sets, its plans and holdings, and what it tells. */
import assert from "node:assert/strict";
import type { NodeEvent } from "../../src/api/index.ts";
import { destination } from "../../src/geo/index.ts";
import { go } from "../../src/server/plans/decisions.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import type { PrivateItem } from "../../src/store/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parseOfficerId, parsePlanId } from "../../src/wire/id.ts";
import { type MadeLine, makeLine } from "../support/line.ts";

export const NEVER = new AbortController().signal;
export const BY = parseOfficerId("planner-1");
export const MINUTE = 60_000;
export const NOON = Date.UTC(2031, 10, 24, 12);
export const at = (hours: number, minutes = 0) => NOON + ((hours - 12) * 60 + minutes) * MINUTE;
export const HERE = { lat: 36.34, lon: 43.13 };
export const MSN = parsePlanId("MSN-1");

export function item(id: string, category: string, from: number, to: number, metres = 0): PrivateItem {
  const footprint = { type: "circle", centre: destination(HERE, 90, metres), radius_m: 100 } as const;
  const volumes = [{ footprint, height: null, window: { start: from, end: to } }];
  return { id: parsePlanId(id), name: `The ${id}`, category, volumes, remarks: "" };
}

export interface Desk {
  readonly node: OpenNode;
  readonly events: NodeEvent[];
  set(now: number): void;
  conflictEvents(): (readonly [number, number, number])[];
}

/** A node whose clock the test sets; nothing wakes it but the test. */
export function open(line: MadeLine, startsAt: number): Desk {
  let now = startsAt;
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const node = openNode(line.party("southern").dir, { now: () => now, logger: silent });
  const events: NodeEvent[] = [];
  node.events.listen((event) => events.push(event));
  return {
    node,
    events,
    set: (moment) => void (now = moment),
    conflictEvents: () =>
      events
        .splice(0)
        .flatMap((event) => (event.type === "conflict" ? [[event.began, event.changed, event.ended] as const] : [])),
  };
}

export async function withLine(run: (line: MadeLine) => Promise<void>): Promise<void> {
  const line = await makeLine({ terms: { separation_m: 500 }, foundedAt: at(0) });
  try {
    await run(line);
  } finally {
    line.remove();
  }
}

export const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
export const goNow = ({ node }: Desk) => go(node, MSN, BY, "nobody else is there in this test");
