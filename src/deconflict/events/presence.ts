/** What is there and not over, by role, each in a live index of its own. */
import type { AnyVolume } from "../../geo/index.ts";
import type { Subject } from "../conflict.ts";
import { isDoing, type Role, type RuleLayers } from "../layers.ts";
import { createIndex, type LiveIndex } from "../live/index.ts";
import { uniformRules } from "../rules.ts";
import { type Present, presentOf } from "./present.ts";

export interface Presence {
  readonly layers: RuleLayers;
  readonly plans: LiveIndex;
  readonly holdings: LiveIndex;
  /** What was told: others' doings, which are checked against ours as well, and all the rest. */
  readonly doings: LiveIndex;
  readonly others: LiveIndex;
  readonly size: number;
  /** Takes up what is left of it, in place of what was there. Returns since when, and until when, that is all that is left. */
  put(role: Role, subject: Subject, now: number, grace_ms: number): Pick<Present, "since" | "until">;
  remove(id: string): void;
  get(id: string): Subject | undefined;
  entry(id: string): { readonly role: Role; readonly subject: Subject } | undefined;
  around(plan: Subject, lateral_m: number): readonly { readonly role: Role; readonly subject: Subject }[];
}

const ANY_HEIGHT_M = 1_000_000;
const ANY_TIME_S = 3_000_000_000;

export function createPresence(layers: RuleLayers): Presence {
  const [plans, holdings, doings, others] = [createIndex(), createIndex(), createIndex(), createIndex()];
  const places = new Map<string, { readonly role: Role; readonly index: LiveIndex }>();
  const indexFor = (role: Role, subject: Subject): LiveIndex => {
    if (role === "plan") return plans;
    if (role === "holding") return holdings;
    return isDoing(subject) ? doings : others;
  };
  const remove = (id: string): void => {
    places.get(id)?.index.remove(id);
    places.delete(id);
  };
  const get = (id: string) => places.get(id)?.index.get(id);
  return {
    layers,
    plans,
    holdings,
    doings,
    others,
    get size() {
      return places.size;
    },
    put: (role, subject, now, grace_ms) => {
      remove(subject.id);
      const left = subject.volumes.map((volume) => presentOf(volume, now, grace_ms));
      const volumes = left.map(({ volume }) => volume).filter((volume): volume is AnyVolume => volume !== null);
      if (volumes.length > 0) {
        const index = indexFor(role, subject);
        index.add({ ...subject, volumes });
        places.set(subject.id, { role, index });
      }
      return {
        since: left.reduce((latest, { since }) => Math.max(latest, since), Number.NEGATIVE_INFINITY),
        until: left.reduce((first, { until }) => Math.min(first, until), Number.POSITIVE_INFINITY),
      };
    },
    remove,
    get,
    entry: (id) => {
      const subject = get(id);
      const role = places.get(id)?.role;
      return subject === undefined || role === undefined ? undefined : { role, subject };
    },
    around: (plan, lateral_m) => {
      const reach = uniformRules({ lateral_m, vertical_m: ANY_HEIGHT_M, time_s: ANY_TIME_S });
      const near = (role: Role, index: LiveIndex) => {
        const { conflicts, undecided } = index.hits(plan, "plan", reach);
        return [...conflicts, ...undecided].flatMap((id) => {
          const subject = index.get(id);
          return subject === undefined ? [] : [{ role, subject }];
        });
      };
      return [...near("told", doings), ...near("told", others), ...near("holding", holdings)];
    },
  };
}
