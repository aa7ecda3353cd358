/** The alerts, kept by the frame for every page: they take the screen over wherever the officer is. */
import { createContext, use } from "react";
import type { Alerts } from "../../api/index.ts";
import type { Resource } from "../live/use-resource.ts";

export const AlertsContext = createContext<Resource<Alerts> | null>(null);
export const useAlerts = (): Resource<Alerts> | null => use(AlertsContext);
