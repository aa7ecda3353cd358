/** Random messages for the properties of the decoder. */
import fc from "fast-check";
import type { Footprint, Position, Volume } from "../../src/geo/index.ts";
import { KINDS, type Message } from "../../src/message/index.ts";
import { saidText, WORDS } from "../../src/message/index.ts";
import { sample, sampleBody } from "./samples.ts";

const nano = (max: number): fc.Arbitrary<number> =>
  fc.integer({ min: -max * 1e9, max: max * 1e9 }).map((value) => value / 1e9);
const milli = (max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: max * 1000 }).map((value) => value / 1000);
const position: fc.Arbitrary<Position> = fc.record({ lat: nano(90), lon: nano(180) }, { noNullPrototype: true });
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const words = fc.string({ unit: "grapheme", maxLength: 40 }).filter((text) => {
  try {
    return saidText(text, "words", WORDS, 2000) === text;
  } catch {
    return false;
  }
});

const footprint: fc.Arbitrary<Footprint> = fc.oneof(
  position.map((at) => ({ type: "point", at }) as const),
  fc.tuple(position, milli(5000)).map(([centre, radius_m]) => ({ type: "circle", centre, radius_m }) as const),
  fc
    .array(fc.array(position, { minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 3 })
    .map((rings) => ({ type: "polygon", rings }) as const),
  fc
    .tuple(fc.array(position, { minLength: 2, maxLength: 6 }), milli(1000))
    .map(([line, width_m]) => ({ type: "corridor", line, width_m }) as const),
);

const volume: fc.Arbitrary<Volume> = fc
  .tuple(footprint, fc.option(milli(900), { nil: null }), instant, fc.nat(1e9), fc.boolean())
  .map(([shape, lower_m, start, length, bounded]) => ({
    footprint: shape,
    height: lower_m === null ? null : { datum: "AGL", lower_m, upper_m: bounded ? Math.ceil(lower_m) + 100 : null },
    window: { start, end: bounded ? start + length : null },
  }));

const movement = fc
  .tuple(fc.array(fc.tuple(position, fc.option(instant, { nil: null })), { minLength: 1, maxLength: 6 }), words)
  .map(([route, remarks]): Message => {
    const waypoints = route.map(([where, at]) => ({ position: where, at, name: null }));
    return sample("movement", { body: { ...sampleBody("movement"), route: waypoints, remarks } });
  });

const activity = fc
  .tuple(fc.array(volume, { minLength: 1, maxLength: 4 }), words)
  .map(([volumes, remarks]): Message => sample("activity", { body: { ...sampleBody("activity"), volumes, remarks } }));

const site = fc
  .tuple(footprint, words, fc.nat(1e6))
  .map(([shape, remarks, people]): Message =>
    sample("site", { body: { ...sampleBody("site"), footprint: shape, remarks, people } }),
  );

const any = fc.constantFrom(...KINDS).map((kind): Message => sample(kind));

export const message: fc.Arbitrary<Message> = fc.oneof(movement, activity, site, any);
