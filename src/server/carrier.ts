/** What moves sealed parcels. Direct HTTP is one; a go-between and a courier's file are others behind the same interface. */
import { MAX_SEALED_BYTES } from "../line/index.ts";
import { type Bytes, concat } from "../wire/bytes.ts";
import { ParleyError } from "../wire/error.ts";
import { errorReply } from "../api/index.ts";
import { serverError } from "./errors.ts";

export interface Carrier {
  readonly name: string;
  /**
   * Takes a sealed parcel to `address` and brings the answer.
   * @throws peer-unreachable, peer-timeout, peer-refused
   */
  exchange(address: string, sealed: Bytes, signal: AbortSignal): Promise<Bytes>;
}

const TIMEOUT_MS = 30_000;
const MAX_REFUSAL_BYTES = 16_384;

export function httpCarrier(): Carrier {
  return { name: "http", exchange };
}

async function exchange(address: string, sealed: Bytes, signal: AbortSignal): Promise<Bytes> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const url = `${address.replace(/\/$/, "")}/line/v1/exchange`;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: sealed as BodyInit,
      redirect: "error",
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) throw await refusal(response, address);
    return await capped(response, MAX_SEALED_BYTES, address);
  } catch (cause) {
    if (cause instanceof ParleyError) throw cause;
    if (timeout.aborted) {
      throw serverError("peer-timeout", `${address} did not answer within ${TIMEOUT_MS / 1000} s.`, { cause });
    }
    throw serverError("peer-unreachable", `${address} does not answer (${reasonOf(cause)}).`, { cause });
  }
}

async function capped(response: Response, maxBytes: number, address: string): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw serverError("peer-refused", `${address} sent more than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return concat(...parts);
}

/** What the other node says is shown by its code; its words stay where they are. */
async function refusal(response: Response, address: string): Promise<ParleyError> {
  const text = new TextDecoder().decode(await capped(response, MAX_REFUSAL_BYTES, address));
  const parsed = errorReply.safeParse(jsonOf(text));
  const said = parsed.success ? parsed.data.error.code : "";
  const code = /^[a-z][a-z0-9-]{0,63}$/.test(said) ? said : `status ${response.status}`;
  return serverError("peer-refused", `${address} refused the parcel (${code}).`, { detail: { code } });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The system's own word, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error instanceof Error ? error.message : "no reason given";
}
