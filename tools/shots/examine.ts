/** Stops of the walk before axe, in each dress: every page in any language and theme. */
import { ALL, axe } from "./axe.ts";
import { dress } from "./dress.ts";
import type { Asked } from "./options.ts";
import type { Stop } from "./walk.ts";

export interface Examiner {
  examine(stop: Stop): Promise<void>;
  /** How often axe was asked. */
  asked(): number;
  /** Each finding once, with the first place and dress in which it was found. */
  found(): readonly string[];
}

/** Drawn by software a large map takes long, and axe does not look into it. */
const MAP_WIDTH = 390;

export function examiner({ dresses }: Pick<Asked, "dresses">): Examiner {
  const found = new Map<string, string>();
  let asked = 0;
  return {
    examine: async ({ name, page, hasMap }) => {
      // On paper there is nothing to press, and black on white has no theme.
      if (name.startsWith("paper-")) return;
      for (const given of dresses) {
        const one = hasMap ? { ...given, width: MAP_WIDTH } : given;
        await dress(page, one);
        asked += 1;
        for (const what of await axe(page, ALL)) {
          if (!found.has(what)) found.set(what, `${name} ${one.language} ${one.theme} ${one.width}`);
        }
      }
    },
    asked: () => asked,
    found: () => [...found].map(([what, where]) => `${where}: ${what}`),
  };
}
