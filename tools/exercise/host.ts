/** The page of the exercise and what it asks for. Loopback only, and only for its own page. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { listen } from "./relay.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface HostOptions {
  readonly port: number;
  /** Where vite left the page. */
  readonly folder: string;
  /** Origins of the consoles that the page shows. */
  readonly frames: readonly string[];
  /** What the page shows, as JSON. */
  readonly view: () => unknown;
  readonly actions: Readonly<Record<string, () => Promise<void>>>;
  /** A page has opened. */
  readonly opened: () => void;
}

export interface Host {
  readonly server: Server;
  /** Tells every page what there is to show now. */
  publish(): void;
  close(): void;
}

export async function openHost(options: HostOptions): Promise<Host> {
  const pages = new Set<ServerResponse>();
  const own = `127.0.0.1:${options.port}`;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headersFor(options.frames))) response.setHeader(name, value);
    const refused = request.headers.host !== own && request.headers.host !== `localhost:${options.port}`;
    if (refused) return void response.writeHead(403).end("This page answers only to its own address.\n");
    void answer(request, response, options, pages).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end(String(error));
    });
  });
  await listen(server, options.port);
  return {
    server,
    publish: () => {
      const text = eventOf(options.view());
      for (const page of pages) page.write(text);
    },
    close: () => {
      for (const page of pages) page.end();
      server.close();
      server.closeAllConnections();
    },
  };
}

function headersFor(frames: readonly string[]): Record<string, string> {
  return {
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src ${frames.join(" ")}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HostOptions,
  pages: Set<ServerResponse>,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://exercise").pathname;
  if (path === "/view") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(eventOf(options.view()));
    pages.add(response);
    response.once("close", () => pages.delete(response));
    options.opened();
    return;
  }
  if (request.method === "POST") {
    const action = options.actions[path.replace(/^\/do\//, "")];
    const fromPage = request.headers["origin"] === `http://${request.headers.host ?? ""}`;
    if (action === undefined || !fromPage) return void response.writeHead(fromPage ? 404 : 403).end();
    await action();
    return void response.writeHead(204).end();
  }
  await file(path === "/" ? "/index.html" : path, response, options.folder);
}

async function file(path: string, response: ServerResponse, folder: string): Promise<void> {
  const type = TYPES[extname(path)];
  const at = normalize(join(folder, path));
  const bytes = type !== undefined && at.startsWith(folder + sep) ? await readFile(at).catch(() => null) : null;
  if (bytes === null) return void response.writeHead(404).end("Not here.\n");
  response.writeHead(200, { "content-type": type as string }).end(bytes);
}

const eventOf = (view: unknown): string => `data: ${JSON.stringify(view)}\n\n`;
