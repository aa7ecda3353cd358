/**
 * The operator's door: metrics for Prometheus, and whether the node lives and is ready, for a service manager. It
 * listens on this machine alone, takes no body and gives no content.
 */
import { createServer, type Server } from "node:http";
import type { OpenNode } from "./node.ts";
import { metrics, notReady } from "./metrics.ts";

export function operatorDoor(node: OpenNode): Server {
  const numbers = metrics(node);
  let begun = false;
  void node.ready.then(() => (begun = true));
  const ready = (): string | null => (begun ? notReady(node) : "starting");
  const answer = async (path: string): Promise<readonly [status: number, type: string, body: string]> => {
    switch (path) {
      case "/metrics":
        return [200, numbers.contentType, await numbers.text()];
      case "/live":
        return [200, "text/plain", "ok\n"];
      case "/ready": {
        const why = ready();
        return [why === null ? 200 : 503, "text/plain", `${why ?? "ok"}\n`];
      }
      default:
        return [404, "text/plain", "There are /metrics, /live and /ready.\n"];
    }
  };
  const server = createServer({ headersTimeout: 5000, requestTimeout: 5000 }, (request, response) => {
    request.resume();
    if (request.method !== "GET") return void response.writeHead(405, { allow: "GET" }).end();
    answer(request.url ?? "").then(
      ([status, type, body]) => response.writeHead(status, { "content-type": type }).end(body),
      (error: unknown) => {
        node.logger.error("metrics-failed", { reason: String(error) });
        response.writeHead(500).end();
      },
    );
  });
  server.once("close", () => numbers.stop());
  return server;
}
