/** Boxes on the globe, to be found by a view: a packed tree for what was there, a short list for what has come since. */
import Flatbush from "flatbush";
import type { GeoBox } from "../../geo/index.ts";

export interface BoxIndex {
  /** Gives a box a number; one number may have several boxes. */
  add(number: number, box: GeoBox): void;
  /** The numbers with a box that meets the view, each once. `west` greater than `east` crosses the antimeridian. */
  search(view: GeoBox): readonly number[];
}

/** So many boxes are looked through one by one before the tree is packed anew. */
const TAIL = 2000;

export function boxIndex(): BoxIndex {
  const boxes: number[] = [];
  const numbers: number[] = [];
  let tree: Flatbush | null = null;
  const packed = () => tree?.numItems ?? 0;
  const pack = () => {
    tree = new Flatbush(numbers.length);
    for (let i = 0; i < numbers.length; i++) {
      tree.add(boxes[i * 4] as number, boxes[i * 4 + 1] as number, boxes[i * 4 + 2], boxes[i * 4 + 3]);
    }
    tree.finish();
  };
  const meets = (i: number, { west, south, east, north }: GeoBox): boolean =>
    (boxes[i * 4] as number) <= east &&
    (boxes[i * 4 + 1] as number) <= north &&
    (boxes[i * 4 + 2] as number) >= west &&
    (boxes[i * 4 + 3] as number) >= south;
  return {
    add: (number, { west, south, east, north }) => {
      numbers.push(number);
      boxes.push(west, south, east, north);
    },
    search: (view) => {
      if (numbers.length - packed() > TAIL) pack();
      const found = new Set<number>();
      for (const part of partsOf(view)) {
        const hits = tree?.search(part.west, part.south, part.east, part.north) ?? [];
        for (const i of hits) found.add(numbers[i] as number);
        for (let i = packed(); i < numbers.length; i++) if (meets(i, part)) found.add(numbers[i] as number);
      }
      return [...found];
    },
  };
}

/** A view as one box, or as two where it crosses the antimeridian. */
export function partsOf(view: GeoBox): readonly GeoBox[] {
  return view.west <= view.east
    ? [view]
    : [
        { ...view, east: 180 },
        { ...view, west: -180 },
      ];
}
