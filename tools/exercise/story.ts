/**
 * The guided minute. Nothing here is timed: every step is done when the nodes themselves say so, and what the script's
 * officers do next follows from what the nodes hold, so that a second start goes on where the first one stopped.
 */
import type { MessageSummary } from "../../src/api/index.ts";
import { type Desk, desk, draft, ifUp, sayAlone, tell } from "./officer.ts";
import { PLAN } from "./places.ts";
import {
  concernItem,
  convoyItem,
  departureAfter,
  planItem,
  readBackItem,
  readItem,
  siteItems,
  whileDownItem,
} from "./script.ts";
import type { ExerciseState, PartyName, PerParty } from "./state.ts";
import { PARTY_IDS, perParty } from "./state.ts";

export interface Counts {
  /** Entries of each party's log that this node holds. */
  readonly entries: PerParty<number>;
  readonly messages: number;
}

export interface Seen {
  readonly convoy: string | null;
  readonly arrived: boolean;
  readonly warned: boolean;
  readonly distance_m: number | null;
  readonly concernDraft: string | null;
  readonly answered: boolean;
  readonly counts: PerParty<Counts | null>;
}

export const NOTHING_SEEN: Seen = {
  convoy: null,
  arrived: false,
  warned: false,
  distance_m: null,
  concernDraft: null,
  answered: false,
  counts: perParty(() => null),
};

/** What has happened stays so, also while the node that told of it is down. */
export function remembering(before: Seen, now: Seen): Seen {
  return {
    ...now,
    convoy: now.convoy ?? before.convoy,
    arrived: before.arrived || now.arrived,
    warned: before.warned || now.warned,
    distance_m: now.distance_m ?? before.distance_m,
    answered: before.answered || now.answered,
  };
}

export interface Story {
  /** Sites and plan: what was there before. */
  prepare(now: number): Promise<void>;
  /** Looks at the nodes, and lets the script's officers do what is theirs to do next. */
  advance(now: number): Promise<Seen>;
  counts(party: PartyName): Promise<Counts | null>;
  tellWhileDown(): Promise<void>;
  evidence(hash: string): Promise<Uint8Array>;
  fingerprints(): Promise<Readonly<Record<string, string>>>;
}

export function story(dir: string, state: ExerciseState): Story {
  const desks = perParty((party) => desk(dir, state, party));
  const { northern, southern, relief } = desks;
  const counts = async (party: PartyName) => ifUp(countsOf(desks[party], party));
  return {
    prepare: async (now) => {
      if ((await own(relief, "site")).length === 0) await tell(relief, siteItems(now), "Sites of the exercise");
    },
    advance: async (now) => {
      const convoy = (await ifUp(ensureConvoy(northern, southern, now))) ?? null;
      if (convoy === null) return { ...NOTHING_SEEN, counts: await allCounts(counts) };
      const there = await ifUp(receive(southern, convoy));
      const answered = await ifUp(ladderShowsAnswer(northern, convoy));
      return {
        convoy,
        arrived: there !== null && there.arrived,
        warned: there !== null && there.distance_m !== null,
        distance_m: there?.distance_m ?? null,
        concernDraft: there?.concernDraft ?? null,
        answered: answered ?? false,
        counts: await allCounts(counts),
      };
    },
    counts,
    tellWhileDown: () => tell(relief, [whileDownItem()]),
    evidence: (hash) => northern.releaser.client.messageEvidence({ params: { hash } }),
    fingerprints: async () => {
      const { parties } = await northern.releaser.client.charter();
      return Object.fromEntries(parties.map(({ id, fingerprint }) => [id, fingerprint]));
    },
  };
}

async function own({ releaser }: Desk, kind: "site" | "movement"): Promise<readonly MessageSummary[]> {
  const { messages } = await releaser.client.messages({ query: { kind, limit: 100 } });
  return messages.filter((message) => message.own);
}

/** Southern's plan, then Northern's convoy, both about the same departure. */
async function ensureConvoy(northern: Desk, southern: Desk, now: number): Promise<string | null> {
  const [known] = await own(northern, "movement");
  if (known !== undefined) return known.hash;
  const departure = departureAfter(now);
  const { items } = await southern.releaser.client.plans();
  if (!items.some(({ id }) => id === PLAN.id)) {
    await southern.planner.client.putPlans({ body: { items: [planItem(departure)] } });
  }
  await tell(northern, [convoyItem(departure)]);
  return (await own(northern, "movement"))[0]?.hash ?? null;
}

interface Received {
  readonly arrived: boolean;
  readonly distance_m: number | null;
  readonly concernDraft: string | null;
}

/** Southern's first officer reads, reads back, and drafts the concern; the second officer is whoever sits at the page. */
async function receive(southern: Desk, convoy: string): Promise<Received> {
  const { client } = southern.releaser;
  const { messages } = await client.messages({ query: { kind: "movement", limit: 100 } });
  if (!messages.some(({ hash }) => hash === convoy)) return { arrived: false, distance_m: null, concernDraft: null };
  const { conflicts } = await client.conflicts();
  const found = conflicts.find(({ own, against }) => own.id === PLAN.id && against.id === convoy);
  const { thread, bytes } = await client.message({ params: { hash: convoy } });
  const said = (kind: string) => thread.some((message) => message.own && message.kind === kind);
  if (found === undefined) return { arrived: true, distance_m: null, concernDraft: null };
  if (!said("read")) await sayAlone(southern, readItem(convoy));
  if (!said("readback")) await sayAlone(southern, readBackItem(convoy, bytes));
  const concernDraft = said("answer") ? null : await ensureConcern(southern, convoy);
  return { arrived: true, distance_m: found.distance_m, concernDraft };
}

async function ensureConcern(southern: Desk, convoy: string): Promise<string | null> {
  const { drafts } = await southern.releaser.client.drafts();
  const waiting = drafts.find(({ kind, state }) => kind === "answer" && state === "signed");
  if (waiting !== undefined) return waiting.id;
  // A releaser may refuse it; then it is not the script's to try again.
  if (drafts.some(({ kind, state }) => kind === "answer" && (state === "refused" || state === "released"))) return null;
  return (await draft(southern, [concernItem(convoy)])).id;
}

async function ladderShowsAnswer(northern: Desk, convoy: string): Promise<boolean> {
  const { ladder } = await northern.releaser.client.message({ params: { hash: convoy } });
  const rungs = ladder.find(({ party }) => party === "southern")?.rungs ?? [];
  return rungs.some(({ rung, at }) => rung === "answered" && at !== null);
}

async function countsOf({ releaser }: Desk, party: PartyName): Promise<Counts> {
  const { log, peers } = await releaser.client.status();
  const { messages } = await releaser.client.messages({ query: { limit: 5000 } });
  const held = (of: PartyName) => (of === party ? log.size : (peers.find((peer) => peer.party === of)?.size ?? 0));
  return { entries: perParty(held), messages: messages.length };
}

async function allCounts(counts: (party: PartyName) => Promise<Counts | null>): Promise<PerParty<Counts | null>> {
  const each = await Promise.all(PARTY_IDS.map(counts));
  return perParty((party) => each[PARTY_IDS.indexOf(party)] ?? null);
}
