/**
 * The spatial index: loose grids of cells, one for each size of thing. A thing stands in the one cell that holds its
 * middle, in the grid whose cells are at least as wide as it is; so adding and removing take one step, and a search
 * looks at the cells within half a cell of what is sought. In Cartesian metres there is no antimeridian and no pole.
 */
import { boxDistance, type Box } from "../../src/geo/index.ts";

const SMALLEST_CELL_M = 4096;
/** Cells are counted from here, beyond the Earth's surface, so that no count is negative. */
const ORIGIN_M = -6_500_000;
/** Cells along one axis at most: 13,000 km of the smallest, with room to spare. */
const AXIS = 4096;

interface Entry<Item> {
  readonly item: Item;
  readonly box: Box;
}

interface Grid<Item> {
  readonly cell_m: number;
  readonly cells: Map<number, Entry<Item>[]>;
}

export interface Cells<Item> {
  add(item: Item, box: Box): void;
  /** Takes the same box as `add` did. */
  remove(item: Item, box: Box): void;
  /** Calls `visit` with every item whose box is within `reach_m` of `box`, once each. */
  search(box: Box, reach_m: number, visit: (item: Item) => void): void;
}

export function createCells<Item>(): Cells<Item> {
  const grids: Grid<Item>[] = [];
  const gridFor = (box: Box): Grid<Item> => {
    const width = Math.max(...axes((i) => box.max[i] - box.min[i]));
    const level = Math.max(0, Math.ceil(Math.log2(width / SMALLEST_CELL_M)));
    for (let i = grids.length; i <= level; i++) grids.push({ cell_m: SMALLEST_CELL_M * 2 ** i, cells: new Map() });
    return grids[level] as Grid<Item>;
  };
  return {
    add: (item, box) => {
      const { cells, cell_m } = gridFor(box);
      const key = keyOfMiddle(box, cell_m);
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [{ item, box }]);
      else cell.push({ item, box });
    },
    remove: (item, box) => {
      const { cells, cell_m } = gridFor(box);
      const key = keyOfMiddle(box, cell_m);
      const cell = cells.get(key) ?? [];
      const at = cell.findIndex((entry) => entry.item === item);
      if (at < 0) return;
      cell[at] = cell.at(-1) as Entry<Item>;
      cell.pop();
      if (cell.length === 0) cells.delete(key);
    },
    search: (box, reach_m, visit) => {
      for (const grid of grids) if (grid.cells.size > 0) searchGrid(grid, box, reach_m, visit);
    },
  };
}

function axes(read: (axis: 0 | 1 | 2) => number): [number, number, number] {
  return [read(0), read(1), read(2)];
}

function keyOf(x: number, y: number, z: number): number {
  return (x * AXIS + y) * AXIS + z;
}

function keyOfMiddle(box: Box, cell_m: number): number {
  return keyOf(...axes((i) => cellAt((box.min[i] + box.max[i]) / 2, cell_m)));
}

/** A thing far larger than the Earth's radius still has its place in the outermost cells. */
function cellAt(metres: number, cell_m: number): number {
  return Math.min(AXIS - 1, Math.max(0, Math.floor((metres - ORIGIN_M) / cell_m)));
}

function searchGrid<Item>(grid: Grid<Item>, box: Box, reach_m: number, visit: (item: Item) => void): void {
  const { cells, cell_m } = grid;
  const scan = (cell: readonly Entry<Item>[]) => {
    for (const entry of cell) if (boxDistance(entry.box, box) <= reach_m) visit(entry.item);
  };
  const margin = reach_m + cell_m / 2;
  const [x0, y0, z0] = axes((i) => cellAt(box.min[i] - margin, cell_m));
  const [x1, y1, z1] = axes((i) => cellAt(box.max[i] + margin, cell_m));
  if ((x1 - x0 + 1) * (y1 - y0 + 1) * (z1 - z0 + 1) >= cells.size) {
    for (const cell of cells.values()) scan(cell);
    return;
  }
  for (let x = x0; x <= x1; x++) {
    for (let y = y0; y <= y1; y++) {
      for (let z = z0; z <= z1; z++) {
        const cell = cells.get(keyOf(x, y, z));
        if (cell !== undefined) scan(cell);
      }
    }
  }
}
