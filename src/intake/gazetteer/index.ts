/** Gazetteers: what is known of places, and the files that it comes from. */
export { Atlas } from "./atlas.ts";
export { Cities } from "./cities.ts";
export { countryOf } from "./countries.ts";
export { Gazetteer, type Source } from "./gazetteer.ts";
export { type KnownPlace, lineOfPlace, placeOfLine } from "./known.ts";
export { Outline } from "./outline.ts";
export { GAZETTEER_FORMATS, type GazetteerFormat, GazetteerReader } from "./read.ts";
export { Packed } from "./shelf.ts";
