/**
 * A stretch of wire on loopback: it carries sealed parcels to one node and the answers back, and lets people look at
 * what anybody on such a wire would see: directions, sizes, times, bytes that say nothing.
 */
import { createServer, type Server } from "node:http";
import type { ExerciseState, PartyName } from "./state.ts";
import { PARTY_IDS } from "./state.ts";

export interface Crossing {
  readonly number: number;
  readonly to: PartyName;
  /** Read off the sender's own events; the bytes do not say. */
  from: PartyName | null;
  readonly at: number;
  readonly sent: { readonly bytes: number; readonly head: string };
  /** Null where nobody answered. */
  readonly received: { readonly bytes: number; readonly head: string } | null;
}

const MAX_PARCEL = 32 * 1024 * 1024;
const HEAD_BYTES = 64;

export async function openRelays(
  state: ExerciseState,
  crossed: (crossing: Crossing) => void,
): Promise<readonly Server[]> {
  let number = 0;
  return Promise.all(
    PARTY_IDS.map((to) => {
      const server = createServer((request, response) => {
        const at = Date.now();
        void (async () => {
          const parcel = await readAll(request);
          const sent = look(parcel);
          try {
            const answer = await fetch(`http://127.0.0.1:${state.nodes[to]}${request.url ?? "/"}`, {
              method: request.method ?? "POST",
              headers: { "content-type": request.headers["content-type"] ?? "application/octet-stream" },
              ...(request.method === "POST" ? { body: new Uint8Array(parcel) } : {}),
            });
            const bytes = Buffer.from(await answer.arrayBuffer());
            response.writeHead(answer.status, {
              "content-type": answer.headers.get("content-type") ?? "application/octet-stream",
            });
            response.end(bytes);
            crossed({ number: ++number, to, from: null, at, sent, received: look(bytes) });
          } catch {
            response.destroy();
            crossed({ number: ++number, to, from: null, at, sent, received: null });
          }
        })().catch(() => response.destroy());
      });
      return listen(server, state.relays[to]);
    }),
  );
}

function look(bytes: Buffer): { bytes: number; head: string } {
  return { bytes: bytes.length, head: bytes.subarray(0, HEAD_BYTES).toString("hex") };
}

async function readAll(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_PARCEL) throw new Error("The parcel is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
