/** One request to a witness: over TLS by the public authorities, no redirects, and no more of the answer than one has. */
import { type Bytes, concat, fromUtf8 } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";

/** 32 signature lines with the longest names. */
const MAX_REPLY_BYTES = 32 * 1024;
const PATIENCE_MS = 10_000;

export interface WitnessAnswer {
  readonly status: number;
  readonly text: string;
}

/** @throws witness-unanswered */
export async function post(url: string, body: string, ending: AbortSignal): Promise<WitnessAnswer> {
  const where = new URL(url).origin;
  const signal = AbortSignal.any([ending, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const headers = { "content-type": "text/plain; charset=utf-8" };
    const response = await fetch(url, { method: "POST", body, headers, redirect: "error", signal });
    return { status: response.status, text: fromUtf8(await capped(response)) };
  } catch (cause) {
    const why = signal.aborted ? `within ${PATIENCE_MS / 1000} s` : "as a witness does";
    throw serverError("witness-unanswered", `${where} did not answer ${why}.`, { cause });
  }
}

async function capped(response: Response): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MAX_REPLY_BYTES) throw new RangeError("the answer is too long");
    parts.push(part);
  }
  return concat(...parts);
}
