import type { HandlersOf } from "../http/handlers.ts";
import { search } from "../map/search.ts";
import { mapExtent, mapView } from "../map/view.ts";
import { toldFile } from "../map/told.ts";
import type { Node } from "../node.ts";
import { officerOf } from "./line.ts";

export function mapRoutes(node: Node): HandlersOf<"mapView" | "mapExtent" | "search" | "toldFile"> {
  return {
    mapView: ({ query }, caller) => mapView(node, query, officerOf(caller)),
    mapExtent: (_, caller) => mapExtent(node, officerOf(caller)),
    search: ({ query }) => search(node, query),
    toldFile: ({ query }) => toldFile(node, query),
  };
}
