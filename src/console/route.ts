/** The console's addresses, made and read in this file only. They are fragments: the node never sees them. */

export const PAGES = ["watch", "inbox", "map", "drafts", "lists", "plans", "table", "knows", "line"] as const;
export type PageName = (typeof PAGES)[number];

/** What a form is opened for, beside its kind. */
export interface Writing {
  readonly page: "write";
  readonly kind: string;
  /** The message that it asks or warns about. */
  readonly about: string | null;
  /** What was half-written and is taken up again. */
  readonly scratch?: string;
  /** This side's own list, to which it is added. */
  readonly list?: string;
  /** This side's own message, which it replaces. */
  readonly corrects?: string;
}

export type Route =
  | { readonly page: PageName }
  | { readonly page: "message"; readonly hash: string }
  | { readonly page: "draft"; readonly id: string }
  | Writing
  | { readonly page: "list"; readonly from: string; readonly id: string }
  /** A file as a new list, or as the difference of this side's own. */
  | { readonly page: "bring"; readonly list: string | null }
  | { readonly page: "readback"; readonly hash: string }
  /** `only`: of a list, this one member and not the whole of it. */
  | { readonly page: "answer"; readonly hash: string; readonly only?: true };

const WRITING = ["scratch", "list", "corrects"] as const;

export function parseRoute(fragment: string): Route {
  const [path = "", rest = ""] = fragment.replace(/^#?\/?/, "").split("?", 2);
  const [page = "", first = "", second = ""] = path.split("/").map(decodeSegment);
  const query = new URLSearchParams(rest);
  switch (page) {
    case "message":
    case "readback":
      return { page, hash: first };
    case "answer":
      return { page, hash: first, ...(second === "only" ? { only: true } : {}) };
    case "draft":
      return { page, id: first };
    case "list":
      return { page, from: first, id: second };
    case "bring":
      return { page, list: first === "" ? null : first };
    case "write": {
      const given = WRITING.flatMap((name) => {
        const value = query.get(name) ?? "";
        return value === "" ? [] : [[name, value] as const];
      });
      const about = query.get("about") ?? "";
      return { page, kind: first, about: about === "" ? null : about, ...Object.fromEntries(given) };
    }
    default:
      return { page: PAGES.find((name) => name === page) ?? "watch" };
  }
}

/** The address of a page, for an `href`. */
export function href(route: Route): string {
  switch (route.page) {
    case "message":
    case "readback":
      return `#/${route.page}/${encodeURIComponent(route.hash)}`;
    case "answer":
      return `#/answer/${encodeURIComponent(route.hash)}${route.only === true ? "/only" : ""}`;
    case "draft":
      return `#/draft/${encodeURIComponent(route.id)}`;
    case "list":
      return `#/list/${encodeURIComponent(route.from)}/${encodeURIComponent(route.id)}`;
    case "bring":
      return `#/bring${route.list === null ? "" : `/${encodeURIComponent(route.list)}`}`;
    case "write": {
      const query = new URLSearchParams(route.about === null ? {} : { about: route.about });
      for (const name of WRITING) if (route[name] !== undefined) query.set(name, route[name]);
      return `#/write/${encodeURIComponent(route.kind)}${query.size === 0 ? "" : `?${query}`}`;
    }
    case "watch":
    case "inbox":
    case "map":
    case "drafts":
    case "lists":
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
