/** Server-sent events over fetch (WHATWG HTML, section 9.2), because an EventSource cannot carry a session's token. */
import type { Bytes } from "../wire/bytes.ts";
import { apiError } from "./errors.ts";
import { type NodeEvent, nodeEvent } from "./logs.ts";

/** No event of ours comes near; a line that grows beyond it is not ours. */
const MAX_PENDING = 65_536;

/** Yields events until the stream ends. Comments (heartbeats) are passed over; an event of another shape throws. */
export async function* readEvents(stream: ReadableStream<Bytes>): AsyncGenerator<NodeEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Bytes>).getReader();
  let pending = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      pending = (pending + value).replaceAll("\r\n", "\n");
      const blocks = pending.split("\n\n");
      pending = blocks.pop() as string;
      if (pending.length > MAX_PENDING) throw apiError("reply-not-understood", "An event has no end.");
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event !== null) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(block: string): NodeEvent | null {
  const data = block.split("\n").filter((line) => line.startsWith("data:"));
  if (data.length === 0) return null;
  const text = data.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
  try {
    return nodeEvent.parse(JSON.parse(text));
  } catch (cause) {
    throw apiError("reply-not-understood", "The node sent an event that this client does not know.", { cause });
  }
}

/** One event in the form in which it travels. */
export function formatEvent(event: NodeEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
