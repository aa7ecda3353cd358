import { lazy } from "react";

/** The map is the largest part by far: it is loaded when it is first looked at. */
export const MapPage = lazy(async () => ({ default: (await import("./map.tsx")).MapPage }));
