/** One HTTP request with bytes in and bytes out: over TLS to a known key, or plain on this machine alone. */
import { type IncomingMessage, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { errorReply } from "../../api/index.ts";
import { type Bytes, concat } from "../../wire/bytes.ts";
import { ParleyError } from "../../wire/error.ts";
import { serverError } from "../errors.ts";
import type { PinnedAgent } from "./tls.ts";

const MAX_REFUSAL_BYTES = 16_384;

export interface Asked {
  readonly url: string;
  /** Null: GET. */
  readonly body: Bytes | null;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** For https. */
  readonly agent: PinnedAgent | null;
  /** A capability, in hex. */
  readonly authorization?: string;
  readonly signal: AbortSignal;
}

/** @throws peer-unreachable, peer-timeout, peer-refused, peer-other-key */
export async function ask(asked: Asked): Promise<Bytes> {
  const timeout = AbortSignal.timeout(asked.timeoutMs);
  const where = new URL(asked.url).origin;
  try {
    const response = await send(asked, AbortSignal.any([asked.signal, timeout]));
    const { statusCode = 0 } = response;
    if (statusCode === 200 || statusCode === 204) return await capped(response, asked.maxBytes, where);
    throw refusal(await capped(response, MAX_REFUSAL_BYTES, where), statusCode, where);
  } catch (cause) {
    if (cause instanceof ParleyError) throw cause;
    if (timeout.aborted) {
      throw serverError("peer-timeout", `${where} did not answer within ${asked.timeoutMs / 1000} s.`, { cause });
    }
    throw serverError("peer-unreachable", `${where} does not answer (${reasonOf(cause)}).`, { cause });
  }
}

function send({ url, body, agent, authorization }: Asked, signal: AbortSignal): Promise<IncomingMessage> {
  const headers: Record<string, string | number> = {};
  if (body !== null)
    Object.assign(headers, { "content-type": "application/octet-stream", "content-length": body.length });
  if (authorization !== undefined) headers["authorization"] = `Bearer ${authorization}`;
  const options: RequestOptions = { method: body === null ? "GET" : "POST", headers, signal };
  if (agent !== null) options.agent = agent;
  const open = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const attempt = (tries: number): void => {
      const request = open(url, options, resolve);
      request.once("error", (error: NodeJS.ErrnoException) => {
        // The other side closed a connection that was kept: this request was never taken, and may be made again.
        if (tries > 0 && request.reusedSocket && error.code === "ECONNRESET") attempt(tries - 1);
        else reject(error);
      });
      request.end(body ?? undefined);
    };
    attempt(2);
  });
}

async function capped(response: IncomingMessage, maxBytes: number, where: string): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) {
      response.destroy();
      throw serverError("peer-refused", `${where} sent more than ${maxBytes} bytes.`);
    }
    parts.push(part);
  }
  return concat(...parts);
}

/** What the other side says is shown by its code; its words stay where they are. */
function refusal(said: Bytes, status: number, where: string): ParleyError {
  const parsed = errorReply.safeParse(jsonOf(new TextDecoder().decode(said)));
  const word = parsed.success ? parsed.data.error.code : "";
  const code = /^[a-z][a-z0-9-]{0,63}$/.test(word) ? word : `status ${status}`;
  return serverError("peer-refused", `${where} refused the parcel (${code}).`, { detail: { code } });
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
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.message : "no reason given";
}
