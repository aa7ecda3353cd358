/** The console's addresses, made and read in this file only. They are fragments: the node never sees them. */

export const PAGES = ["watch", "inbox", "map", "drafts", "plans", "table", "knows", "line"] as const;
export type PageName = (typeof PAGES)[number];

export type Route =
  | { readonly page: PageName }
  | { readonly page: "message"; readonly hash: string }
  | { readonly page: "draft"; readonly id: string }
  | { readonly page: "write"; readonly kind: string; readonly about: string | null; readonly scratch?: string }
  | { readonly page: "readback"; readonly hash: string }
  | { readonly page: "answer"; readonly hash: string };

export function parseRoute(fragment: string): Route {
  const [page = "", first = "", second = "", third = ""] = fragment
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decodeSegment);
  switch (page) {
    case "message":
    case "readback":
    case "answer":
      return { page, hash: first };
    case "draft":
      return { page, id: first };
    case "write":
      return { page, kind: first, about: second === "" ? null : second, ...(third === "" ? {} : { scratch: third }) };
    case "inbox":
    case "map":
    case "drafts":
    case "plans":
    case "table":
    case "knows":
    case "line":
      return { page };
    default:
      return { page: "watch" };
  }
}

/** The address of a page, for an `href`. */
export function href(route: Route): string {
  switch (route.page) {
    case "message":
    case "readback":
    case "answer":
      return `#/${route.page}/${encodeURIComponent(route.hash)}`;
    case "draft":
      return `#/draft/${encodeURIComponent(route.id)}`;
    case "write": {
      const rest = [route.about ?? "", route.scratch ?? ""].map(encodeURIComponent).join("/").replace(/\/+$/, "");
      return `#/write/${encodeURIComponent(route.kind)}${rest === "" ? "" : `/${rest}`}`;
    }
    case "watch":
    case "inbox":
    case "map":
    case "drafts":
    case "plans":
    case "table":
    case "knows":
    case "line":
      return `#/${route.page}`;
  }
}

export function go(route: Route): void {
  window.location.hash = href(route);
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
