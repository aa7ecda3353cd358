/** What a node knows of places: the world's, what it was given, and what was confirmed on its line. */
import { setImmediate } from "node:timers/promises";
import type { Position } from "../../geo/index.ts";
import { countryOf, findInSite, Gazetteer, type KnownPlace, Packed } from "../../intake/index.ts";
import type { Finding } from "../../api/index.ts";
import type { Message, MessageOf } from "../../message/index.ts";
import { gazetteerWith, givenPlaces } from "../../store/index.ts";
import type { Book } from "../book.ts";
import type { LineState } from "../exchange/line-state.ts";

export interface KnownPlaces {
  /** For the messages of one request: what is confirmed is gathered once. */
  readonly finder: () => (message: Message) => readonly Finding[];
  /** Makes ready what the first draft will ask for, a little at a time, until that is done or the node stops. */
  readonly prepare: (stopping: AbortSignal) => Promise<void>;
}

/** A site that was confirmed reaches so far, metres. */
const CONFIRMED_M = 1000;

export function knownPlaces({ dir, state, book }: { dir: string; state: LineState; book: Book }): KnownPlaces {
  let making = gather(dir);
  let made: Gazetteer | null = null;
  /** A step nearer; null until all is there. After a fault it begins anew: a damaged file may have been replaced. */
  const step = (): Gazetteer | null => {
    if (made !== null) return made;
    try {
      const { done, value } = making.next();
      if (done === true) made = value;
      return made;
    } catch (cause) {
      making = gather(dir);
      throw cause;
    }
  };
  /** A draft that comes before all is ready does the rest at once. */
  const given = (): Gazetteer => {
    for (;;) {
      const all = step();
      if (all !== null) return all;
    }
  };
  return {
    finder: () => {
      let all: Gazetteer | null = null;
      return (message) => {
        if (message.kind !== "site") return [];
        all ??= new Gazetteer([confirmedSites(state, book)], given());
        return findInSite(message.body, all);
      };
    },
    prepare: async (stopping) => {
      while (!stopping.aborted && step() === null) await setImmediate();
    },
  };
}

/** Yields after every so many places, each a matter of some milliseconds. */
const SLICE = 500;

function* gather(dir: string): Generator<void, Gazetteer> {
  const packed = new Packed();
  for (const place of givenPlaces(dir)) {
    packed.add(place);
    if (packed.size % SLICE === 0) yield;
  }
  const gazetteer = gazetteerWith(packed);
  // What comes with Parley alone is ready in a moment.
  if (packed.size > 0) yield* gazetteer.prepare();
  return gazetteer;
}

/** Sites that stand, and that another party has entered on its restricted list or read back rightly. */
function* confirmedSites(state: LineState, book: Book): Generator<KnownPlace> {
  for (const { hash, from, kind } of book.content()) {
    if (kind !== "site" || book.endedBy(hash) !== null) continue;
    const others = state.charter.parties.map(({ id }) => id).filter((id) => id !== from);
    const listed = others.some((id) => book.answersBy(hash, id).at(-1)?.message.body.answer === "LISTED");
    if (listed) yield* placeOfSite(book.message(hash) as MessageOf<"site">);
  }
}

function placeOfSite({ body }: MessageOf<"site">): KnownPlace[] {
  const at = positionOf(body);
  const { names, place } = body;
  if (at === null || names.length === 0) return [];
  return [
    {
      level: "place",
      names: names.map(({ text }) => text),
      code: "",
      country: countryOf(place?.country ?? "") ?? "",
      governorate: said(place?.governorate),
      district: said(place?.district),
      at,
      people: 0,
      reach_m: CONFIRMED_M,
      capital: false,
      rings: null,
    },
  ];
}

function said(text: string | null | undefined): string[] {
  return text === null || text === undefined || text === "" ? [] : [text];
}

function positionOf({ footprint }: MessageOf<"site">["body"]): Position | null {
  if (footprint.type === "point") return footprint.at;
  return footprint.type === "circle" ? footprint.centre : null;
}
