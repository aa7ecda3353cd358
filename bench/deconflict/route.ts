/** Routes with times: what a convoy tells. */
import type { HeightBand, Position, Volume } from "../../src/geo/index.ts";
import { between, randomAt } from "./random.ts";
import { offset, scatteredPlace, volumeAt, type World } from "./world.ts";

export interface Route {
  /** In the order of travel; times in milliseconds since the epoch. */
  readonly stops: readonly { readonly position: Position; readonly at: number }[];
  /** How much earlier or later than told it may be anywhere. */
  readonly tolerance_s: number;
  readonly width_m: number;
  readonly height: HeightBand;
}

const LEGS = 30;
const METRES_PER_SECOND = 15;

/** The `index`th route: thirty legs of 3 to 9 km, bending gently, at 54 km/h. */
export function routeAt(world: World, index: number): Route {
  const random = randomAt(3, index);
  let position = scatteredPlace(world, random);
  let at = volumeAt(world, world.count + index).window.start as number;
  let heading = between(random, 0, 2 * Math.PI);
  const stops = [{ position, at }];
  for (let i = 0; i < LEGS; i++) {
    heading += between(random, -0.5, 0.5);
    const metres = between(random, 3000, 9000);
    position = offset(position, metres * Math.sin(heading), metres * Math.cos(heading));
    at += Math.round(metres / METRES_PER_SECOND) * 1000;
    stops.push({ position, at });
  }
  return { stops, tolerance_s: 300, width_m: 100, height: { datum: "WGS84", lower_m: 200, upper_m: 1200 } };
}

/** What holds the route: for each leg its corridor, from the earliest that it can begin to the latest that it can end. */
export function legsOf({ stops, tolerance_s, width_m, height }: Route): readonly Volume[] {
  const legs: Volume[] = [];
  for (let i = 1; i < stops.length; i++) {
    const [from, to] = [stops[i - 1], stops[i]] as [Route["stops"][0], Route["stops"][0]];
    const window = { start: from.at - tolerance_s * 1000, end: to.at + tolerance_s * 1000 };
    legs.push({ footprint: { type: "corridor", line: [from.position, to.position], width_m }, height, window });
  }
  return legs;
}
