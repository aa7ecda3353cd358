/** The console's files, as `vite build` left them. Nothing outside of their folder can be named. */
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json",
};

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley</title>
<h1>The console is not built</h1><p>Run <code>npm run build:console</code>, then load this page again.</p>
<p>The node itself works: see <a href="/api/docs">its API</a>.</p></html>`;

/** The file at `path` of `folder`, or null. */
export async function staticFile(folder: string, path: string): Promise<Response | null> {
  const wanted = path.endsWith("/") ? `${path}index.html` : path;
  const type = TYPES[extname(wanted)];
  const file = normalize(join(folder, decoded(wanted)));
  if (type === undefined || !file.startsWith(folder + sep)) return null;
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return path === "/" ? html(NOT_BUILT, 503) : null;
  // Names under /assets/ carry a hash of what is in them.
  const cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  return new Response(bytes, { headers: { "content-type": type, "cache-control": cache } });
}

export function html(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { "content-type": TYPES[".html"] as string, "cache-control": "no-cache" },
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "/";
  }
}
