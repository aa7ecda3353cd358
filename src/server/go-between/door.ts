/**
 * A go-between's door (spec/go-between.md). Who deposits shows a capability before his parcel is read; who collects
 * signs a challenge. Nobody else learns whether a mailbox is there.
 */
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import { timingSafeEqual } from "node:crypto";
import type { Suite } from "../../crypto/index.ts";
import {
  decodeCollect,
  decodeOpenMailbox,
  depositHash,
  encodeCollected,
  MAX_MAILBOX_REQUEST,
  MAX_SEALED_BYTES,
} from "../../line/index.ts";
import { type Bytes, equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { bodyOf, refuse } from "../carriers/line-door.ts";
import { oneSidedTls, tlsIdentity } from "../carriers/tls.ts";
import { serverError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { challenges } from "./challenges.ts";
import { type Mailboxes, refused } from "./mailboxes.ts";

export interface DoorContext {
  readonly suite: Suite;
  readonly tlsSeed: Bytes;
  readonly mailboxes: Mailboxes;
  readonly logger: Logger;
  readonly now: () => number;
}

const MAX_CONNECTIONS = 1024;
/** Requests whose bodies are being read: each may take the room of a parcel. */
const MAX_READING = 32;
const MAX_WAITERS = 2;
const MAX_PARCELS = 64;
const PATH = /^\/go-between\/v1\/mailboxes(?:\/([0-9a-f]{32})\/(deposit|challenge|collect))?$/;

type Reply = Bytes | null;

export function goBetweenDoor(context: DoorContext): Server {
  const times = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 60_000 };
  const handle = handler(context);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const reply = await handle(request, response);
      response.writeHead(reply === null ? 204 : 200, { "content-type": "application/octet-stream" });
      response.end(reply ?? undefined);
    } catch (error) {
      refuse(context.logger, response, error);
    }
  };
  const tls = oneSidedTls(tlsIdentity(context.suite, context.tlsSeed));
  const server = createServer({ ...tls, ...times }, (request, response) => {
    void answer(request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on("tlsClientError", (_, socket) => socket.destroy());
  return server;
}

function handler(context: DoorContext): (request: IncomingMessage, response: ServerResponse) => Promise<Reply> {
  const { suite, mailboxes, now } = context;
  const ownTls = suite.ed25519PublicKey(context.tlsSeed);
  const issued = challenges(suite, now);
  const bell = waiters();
  const read = limitedReader();

  const deposit = async (request: IncomingMessage, id: Bytes): Promise<Reply> => {
    const capability = /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? "")?.[1];
    const mailbox = mailboxes.mailbox(id);
    if (capability === undefined || mailbox === null) throw refused();
    if (!timingSafeEqual(depositHash(suite, fromHex(capability)), mailbox.deposit)) throw refused();
    const parcel = await read(request, MAX_SEALED_BYTES);
    if (parcel.length === 0) throw serverError("mailbox-refused", "The parcel is empty.");
    mailboxes.deposit(id, parcel);
    bell.ring(id);
    return null;
  };
  const collect = async (request: IncomingMessage, response: ServerResponse, id: Bytes): Promise<Reply> => {
    const asked = decodeCollect(await read(request, MAX_MAILBOX_REQUEST));
    const mailbox = mailboxes.mailbox(id);
    const right = mailbox !== null && equalBytes(asked.id, id) && equalBytes(asked.tls, ownTls);
    if (!right || !asked.isBy(suite, mailbox.collect) || !issued.use(id, asked.challenge)) throw refused();
    mailboxes.delete(id, asked.deleted);
    const look = () => mailboxes.parcels(id, MAX_PARCELS, MAX_SEALED_BYTES);
    let found = look();
    if (found.parcels.length === 0 && asked.waitMs > 0) {
      await bell.wait(id, asked.waitMs, response);
      found = look();
    }
    return encodeCollected({ challenge: issued.make(id), ...found });
  };
  return async (request, response) => {
    const [, hex, verb] = PATH.exec(request.url ?? "") ?? [];
    if (request.method === "GET" && request.url === "/healthz") return new TextEncoder().encode("ok\n");
    if (request.method !== "POST" || PATH.exec(request.url ?? "") === null) {
      throw serverError("line-door-unknown", "A go-between knows mailboxes and nothing else.");
    }
    if (hex === undefined) {
      mailboxes.open(decodeOpenMailbox(await read(request, MAX_MAILBOX_REQUEST)));
      return null;
    }
    const id = fromHex(hex);
    if (verb === "deposit") return deposit(request, id);
    // A mailbox that is not there gets its challenge like any other.
    if (verb === "challenge") return issued.make(id);
    return collect(request, response, id);
  };
}

function limitedReader(): typeof bodyOf {
  let reading = 0;
  return async (request, maxBytes) => {
    if (reading >= MAX_READING) throw serverError("door-busy", "Too many parcels are coming in at this moment.");
    reading += 1;
    try {
      return await bodyOf(request, maxBytes);
    } finally {
      reading -= 1;
    }
  };
}

/** Those who wait for a parcel to come. Of one mailbox so many and no more: the oldest goes away empty. */
function waiters() {
  const waiting = new Map<string, (() => void)[]>();
  return {
    ring: (id: Bytes): void => (waiting.get(toHex(id)) ?? []).slice().forEach((wake) => wake()),
    wait: (id: Bytes, ms: number, response: ServerResponse): Promise<void> =>
      new Promise((resolve) => {
        const key = toHex(id);
        const list = waiting.get(key) ?? [];
        const wake = (): void => {
          clearTimeout(timer);
          response.off("close", wake);
          const left = (waiting.get(key) ?? []).filter((each) => each !== wake);
          if (left.length > 0) waiting.set(key, left);
          else waiting.delete(key);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        response.once("close", wake);
        waiting.set(key, [...list, wake]);
        if (list.length >= MAX_WAITERS) list[0]?.();
      }),
  };
}
