/** Whether alerts come in time: from when a path existed, and lasted, to when the other side's officers see them. */
import { setTimeout as sleep } from "node:timers/promises";
import { livedMs } from "../lived.ts";
import type { Tally } from "../tally.ts";
import type { Fleet } from "./fleet.ts";
import type { Said } from "./journal.ts";
import { isLoss, type Officers, type Work } from "./officers.ts";
import { isParleyError } from "../../../src/wire/error.ts";

/** The design's two minutes are for people; between nodes with a path it is a matter of seconds, on a laden machine too. */
const LATE_MS = 30_000;
const LOOK_MS = 250;

export interface AlertWatch extends Work {
  expect(said: Said): void;
}

export function watchAlerts(fleet: Fleet, officers: readonly Officers[], tally: Tally, lateMs = LATE_MS): AlertWatch {
  const waiting = new Map<string, { readonly said: Said; readonly to: Officers }>();
  const ending = new AbortController();
  const look = async (to: Officers): Promise<void> => {
    const mine = [...waiting].filter(([, each]) => each.to === to);
    if (mine.length === 0 || !to.node.isUp) return;
    const { messages } = await to.look((client) => client.messages({ query: { kind: "alert", limit: 500 } }));
    const held = new Set(messages.map(({ hash }) => hash as string));
    for (const [key, { said }] of mine) {
      if (held.has(said.hash)) waiting.delete(key);
      else {
        const since = Math.max(said.toldAt, fleet.pathSince(said.party, to.node.id));
        if (livedMs() - since < lateMs) continue;
        waiting.delete(key);
        tally.fault(
          "alerts_late",
          `"${said.subject}" has not come to ${to.node.id} ${lateMs / 1000} s after there was a way`,
        );
      }
    }
  };
  const done = (async () => {
    while (!ending.signal.aborted) {
      for (const to of officers) {
        await look(to).catch((error: unknown) => {
          if (!isLoss(error) && !isParleyError(error)) throw error;
        });
      }
      await sleep(LOOK_MS);
    }
  })();
  return {
    expect: (said) => {
      tally.alerts += 1;
      for (const to of officers) if (to.node.id !== said.party) waiting.set(`${said.hash} ${to.node.id}`, { said, to });
    },
    stop: async () => {
      ending.abort();
      await done;
    },
  };
}
