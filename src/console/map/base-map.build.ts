/** Runs at build time only: the countries of the world at 1:50m, and those of the region at 1:10m. */
import type { GeometryCollection, Objects, Topology } from "topojson-specification";

type Countries = Topology<Objects<{ name: string }>>;
type ArcTree = readonly (number | ArcTree)[];

/** ISO 3166-1 numeric codes of what is drawn finely: Iraq and its neighbours. */
const NEAR = new Set([
  "368",
  "760",
  "792",
  "364",
  "400",
  "682",
  "414",
  "422",
  "376",
  "275",
  "196",
  "051",
  "031",
  "268",
]);

export interface BaseMap {
  readonly world: Countries;
  readonly near: Countries;
}

export function baseMap(world: Countries, fine: Countries): BaseMap {
  return {
    world: keep(world, (id) => !NEAR.has(id)),
    near: keep(fine, (id) => NEAR.has(id)),
  };
}

/** A topology with only these countries, and only the arcs that they use. */
function keep(topology: Countries, wanted: (id: string) => boolean): Countries {
  const all = topology.objects["countries"] as GeometryCollection<{ name: string }>;
  const renumbered = new Map<number, number>();
  const renumber = (arc: number): number => {
    const index = arc < 0 ? ~arc : arc;
    const next = renumbered.get(index) ?? renumbered.size;
    renumbered.set(index, next);
    return arc < 0 ? ~next : next;
  };
  const walk = (arcs: ArcTree): ArcTree => arcs.map((arc) => (typeof arc === "number" ? renumber(arc) : walk(arc)));
  const geometries = all.geometries
    .filter((geometry) => wanted(String(geometry.id)))
    .map((geometry) => ("arcs" in geometry ? { ...geometry, arcs: walk(geometry.arcs as ArcTree) } : geometry));
  const arcs = [...renumbered.keys()].map((index) => topology.arcs[index]);
  return { ...topology, arcs, objects: { countries: { ...all, geometries } } } as Countries;
}
