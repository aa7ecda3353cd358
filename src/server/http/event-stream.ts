/** The node's events to one listener, for as long as the connection lasts. */
import { formatEvent, type NodeEvent } from "../../api/index.ts";

const HEARTBEAT_MS = 15_000;
/** Of events that a listener has not taken yet: some twenty thousand. */
const MAX_UNREAD_BYTES = 4 << 20;

export type Listen = (listener: (event: NodeEvent) => void) => () => void;

/** `hears` says whether this listener may hear an event (null: the heartbeat); it throws where nobody listens any more. */
export function eventStream(
  listen: Listen,
  hears: (event: NodeEvent | null) => boolean,
  stopping: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  let end: () => void = ignore;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start: (controller) => {
      let unsent = "";
      const flush = () => {
        const piece = unsent;
        unsent = "";
        if (piece === "") return;
        controller.enqueue(encoder.encode(piece));
        // Whoever reads so slowly has gone, and asks for everything again when it comes back.
        if ((controller.desiredSize ?? 0) < -MAX_UNREAD_BYTES) stop();
      };
      // What happens in one go leaves in one piece: a backlog of a hundred thousand is not as many writes.
      const send = (text: string) => {
        if (unsent === "") queueMicrotask(flush);
        unsent += text;
      };
      const tell = (event: NodeEvent | null): void => {
        try {
          if (hears(event)) send(event === null ? ": still here\n\n" : formatEvent(event));
        } catch {
          stop();
        }
      };
      const leave = listen(tell);
      const heartbeat = setInterval(() => tell(null), HEARTBEAT_MS);
      const stop = () => {
        flush();
        end();
        controller.close();
      };
      end = () => {
        unsent = "";
        clearInterval(heartbeat);
        leave();
        stopping.removeEventListener("abort", stop);
      };
      stopping.addEventListener("abort", stop);
      send(": listening\n\n");
    },
    cancel: () => end(),
  };
  const body = new ReadableStream(source, { highWaterMark: 0, size: (piece) => piece?.byteLength ?? 0 });
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
  return new Response(body, { headers });
}

function ignore(): void {
  // Nothing listens yet.
}
