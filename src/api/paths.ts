import type { Route } from "./route.ts";
import { type RouteId, ROUTES } from "./routes.ts";

export type PathValues = Readonly<Record<string, string | number | undefined>>;

/** The one place where a URL of a node is put together: path and query, to be set behind its address. */
export function pathOf(id: RouteId, params: PathValues = {}, query: PathValues = {}): string {
  const route: Route = ROUTES[id];
  const path = route.path.replace(/\{([a-z]+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? "");
    return name === route.rest ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
  });
  const asked = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return search === "" ? path : `${path}?${search}`;
}
