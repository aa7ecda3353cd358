/** The console's files, as `vite build` left them. Nothing outside of their folder can be named. */
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

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

/** What is smaller gains nothing. */
const WORTH_BYTES = 1024;
/** Whatever the pages load at their start, kept compressed; the thousands of small files of places are not. */
const KEPT_BYTES = 32_768;

const compress = promisify(gzip);
const compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The file at `path` of `folder`, or null; compressed for whoever accepts (RFC 9110, section 12.5.3) that. */
export async function staticFile(folder: string, path: string, accepts = ""): Promise<Response | null> {
  const wanted = path.endsWith("/") ? `${path}index.html` : path;
  const type = TYPES[extname(wanted)];
  const file = normalize(join(folder, decoded(wanted)));
  if (type === undefined || !file.startsWith(folder + sep)) return null;
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return path === "/" ? html(NOT_BUILT, 503) : null;
  // Names under /assets/ carry a hash of what is in them.
  const isLasting = path.startsWith("/assets/");
  const headers = {
    "content-type": type,
    "cache-control": isLasting ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
  };
  if (bytes.length < WORTH_BYTES || type === TYPES[".png"] || !takesGzip(accepts))
    return new Response(bytes, { headers });
  const short = isLasting && bytes.length >= KEPT_BYTES ? await kept(file, bytes) : await compress(bytes);
  return new Response(short, { headers: { ...headers, "content-encoding": "gzip" } });
}

function kept(file: string, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const found = compressed.get(file) ?? compress(bytes);
  compressed.set(file, found);
  return found;
}

function takesGzip(accepts: string): boolean {
  return accepts.split(",").some((each) => {
    const [name, ...weights] = each.split(";").map((part) => part.trim().toLowerCase());
    return name === "gzip" && !weights.some((weight) => /^q=0(\.0*)?$/.test(weight));
  });
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
