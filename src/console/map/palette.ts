/** The console's colours for the map, and the small expressions that all of its layers use. */
import type { ExpressionSpecification } from "maplibre-gl";
import { shownTheme, tokenColour } from "../settings/theme.ts";

export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly edge: string;
  readonly relief: string;
  readonly water: string;
  readonly road: string;
  readonly ink: string;
  readonly faint: string;
  readonly halo: string;
  readonly private: string;
  readonly grave: string;
  readonly parties: readonly string[];
}

/** The console's design tokens, as they are now: the map is drawn in the same light as the page. */
export function paletteOf(element: Element): Palette {
  const token = (name: string) => tokenColour(element, name);
  const dark = shownTheme() !== "light";
  return {
    sea: dark ? "#0a1218" : "#c9dbe6",
    land: dark ? "#161d21" : "#f5f3ec",
    edge: dark ? "#5a6872" : "#8d9297",
    relief: dark ? "#2a302f" : "#ddd6c4",
    water: dark ? "#2b5673" : "#86b3d1",
    road: dark ? "#3f474c" : "#cfc6b2",
    ink: token("ink"),
    faint: token("ink-2"),
    halo: dark ? "#0d1216" : "#ffffff",
    private: token("private"),
    grave: token("grave"),
    parties: [0, 1, 2, 3].map((i) => token(`party-${i}`)),
  };
}

export const FONT = ["sans-serif"];

export const is = (property: string, value: string): ExpressionSpecification => ["==", ["get", property], value];

export function byParty({ parties }: Palette): ExpressionSpecification {
  const [first = "", second = "", third = "", other = ""] = parties;
  return ["match", ["get", "place"], 0, first, 1, second, 2, third, other];
}

export const haloOf = (palette: Palette) => ({ "text-halo-color": palette.halo, "text-halo-width": 1.4 });
