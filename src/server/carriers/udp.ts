/** Datagrams of narrow links in and out. What is in them is looked at elsewhere; a fault here never ends the node. */
import { createSocket } from "node:dgram";
import type { Bytes } from "../../wire/bytes.ts";
import type { Listen } from "../config.ts";

export interface UdpLink {
  send(datagram: Bytes, to: Listen): void;
  close(): Promise<void>;
}

/** What waits in the machine's own buffer is no use to anybody when it is read late. */
const RECEIVE_BUFFER_BYTES = 65_536;

export function udpLink(
  listen: Listen,
  heard: (datagram: Bytes) => void,
  failed: (code: string, reason: string) => void,
): UdpLink {
  const type = listen.host.includes(":") ? "udp6" : "udp4";
  const socket = createSocket({ type, recvBufferSize: RECEIVE_BUFFER_BYTES });
  const fault = (error: NodeJS.ErrnoException): void => failed(error.code ?? "unknown", error.message);
  let closed = false;
  socket.on("error", fault);
  socket.on("message", (datagram) => heard(new Uint8Array(datagram)));
  socket.bind(listen.port, listen.host);
  return {
    send: (datagram, { host, port }) => {
      if (!closed) socket.send(datagram, port, host, (error) => void (error === null || fault(error)));
    },
    close: () => {
      closed = true;
      return new Promise((resolve) => socket.close(() => resolve()));
    },
  };
}
