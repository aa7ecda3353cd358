/**
 * What the exercise is about. The terrain is the real one of northern Iraq; every site, depot and camp here is invented
 * and lies on empty ground, and so is every party, officer and plan.
 */
import { type Position } from "../../src/geo/index.ts";

const at = (lat: number, lon: number): Position => ({ lat, lon });

export interface InventedSite {
  readonly name: string;
  readonly category: string;
  readonly centre: Position;
  readonly radius_m: number;
  readonly people: number | null;
}

const site = (
  name: string,
  category: string,
  centre: Position,
  radius_m: number,
  people: number | null,
): InventedSite => ({
  name,
  category,
  centre,
  radius_m,
  people,
});

/** Told by Relief Coordination before the exercise begins. */
export const SITES: readonly InventedSite[] = [
  site("Camp Tamarisk", "displacement-site", at(35.8905, 43.4312), 420, 2600),
  site("Field Hospital Oleander", "hospital", at(35.9261, 43.6904), 160, 85),
  site("Clinic Hyssop", "clinic", at(36.0378, 43.7421), 90, 20),
  site("School Carob", "school", at(35.7023, 43.8236), 110, 310),
  site("Shelter Acacia", "shelter", at(35.9687, 43.5233), 140, 540),
  site("Water Point Reed", "water", at(35.8348, 43.8619), 60, null),
  site("Kitchen Sumac", "food", at(36.1189, 43.6127), 80, 45),
  site("Warehouse Juniper", "warehouse", at(35.9884, 43.8942), 180, 12),
  site("Old Kiln", "cultural-property", at(36.2044, 43.8317), 130, null),
  site("Substation Plane", "power", at(35.6241, 43.4488), 100, null),
  site("Crossing Alder", "crossing", at(35.7612, 43.7035), 120, null),
  site("Shelter Myrtle", "shelter", at(36.0912, 43.4176), 150, 720),
];

/** The convoy: from Warehouse Juniper over the plain to Camp Tamarisk. Minutes are counted from its departure. */
export const CONVOY = {
  subject: "Relief convoy, Warehouse Juniper to Camp Tamarisk",
  route: [
    { position: at(35.9884, 43.8942), minutes: 0, name: "Warehouse Juniper" },
    { position: at(35.9342, 43.7731), minutes: 30, name: "Track junction" },
    { position: at(35.9108, 43.6127), minutes: 65, name: "Dry ford" },
    { position: at(35.8905, 43.4312), minutes: 105, name: "Camp Tamarisk" },
  ],
} as const;

/** Southern Command's own plan, which never leaves its node: a demolition 1.2 km off the convoy's road, in its hour. */
export const PLAN = {
  id: "SC-0417",
  name: "KESTREL: demolition of found ammunition",
  category: "demolition",
  centre: at(35.9132, 43.5415),
  radius_m: 300,
  fromMinutes: 60,
  untilMinutes: 150,
} as const;

export const CONCERN =
  "We ask you to leave the track west of the dry ford until 90 minutes after your planned departure, or to pass south of 35.88 N.";

/** Released while the other node is down, so that one can see it catch up. */
export const WHILE_DOWN = {
  subject: "Water Point Reed is dry until tomorrow",
  words: "Water Point Reed is dry until tomorrow morning. Convoys carry their own water.",
} as const;
