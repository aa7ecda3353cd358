/** Request bodies: read up to a cap and no further, whatever the length that was announced. */
import { apiError } from "../../api/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { concat, fromUtf8 } from "../../wire/bytes.ts";

/** A list of polygons with holes needs 12. */
const MAX_NESTING = 64;

/** @throws request-too-large */
export async function readBody(request: Request, maxBytes: number): Promise<Bytes> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return new Uint8Array(0);
  const parts: Bytes[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return concat(...parts);
}

/** @throws request-too-large, request-malformed */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json(?:\s*;|$)/i.test(type)) {
    throw apiError("request-malformed", "The request's body is not application/json.");
  }
  const bytes = await readBody(request, maxBytes);
  if (nests(bytes) > MAX_NESTING) {
    throw apiError("request-malformed", `The request's body nests deeper than ${MAX_NESTING}.`);
  }
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw apiError("request-malformed", "The request's body is not JSON.", { cause });
  }
}

/** How deep brackets stand in brackets, outside of strings: looked at before anything recursive sees the value. */
function nests(json: Bytes): number {
  let [depth, deepest] = [0, 0];
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i] as number;
    if (byte === 0x22) inString = !inString;
    else if (inString && byte === 0x5c) i++;
    else if (!inString && (byte === 0x5b || byte === 0x7b)) deepest = Math.max(deepest, ++depth);
    else if (!inString && (byte === 0x5d || byte === 0x7d)) depth--;
  }
  return deepest;
}

function tooLarge(maxBytes: number) {
  return apiError("request-too-large", `The request's body is larger than ${maxBytes} bytes.`, {
    detail: { maxBytes },
  });
}
