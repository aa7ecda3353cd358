/** Gazetteers: what is known of places, and the files that it comes from. */
export { countryOf } from "./countries.ts";
export { Gazetteer } from "./gazetteer.ts";
export { type KnownPlace, lineOfPlace, placeOfLine } from "./known.ts";
export { Outline } from "./outline.ts";
export { GAZETTEER_FORMATS, type GazetteerFormat, GazetteerReader } from "./read.ts";
export { type City, placesOfAtlas, placesOfCities } from "./world.ts";
