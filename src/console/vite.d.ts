declare module "virtual:places" {
  /** Where the places' files lie beside the scripts (see `map/places.build.ts`). */
  export const placesFolder: string;
}

declare module "virtual:base-map" {
  /** Address of the base map's file beside the scripts (see `map/base-map.build.ts`). */
  export const baseMapUrl: string;
}

declare module "*?url" {
  const address: string;
  export default address;
}
