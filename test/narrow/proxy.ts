/** A lossy radio of the test's own: UDP on loopback, datagrams pass at its rate or are lost by a seeded generator. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket as TcpSocket } from "node:net";
import { seeded } from "./link.ts";

export interface Radio {
  readonly port: number;
  /** Datagrams that came in, with their headers' 28 bytes. */
  readonly sizes: number[];
  /** As they were heard. */
  readonly heard: Buffer[];
  lost(): number;
  close(): Promise<void>;
}

/** What comes to `radio.port` leaves to `to`, each after the time that it takes on the link. */
export async function radio(to: number, link: { bitsPerSecond: number; loss: number; seed: number }): Promise<Radio> {
  const socket: Socket = createSocket("udp4");
  const random = seeded(link.seed);
  const sizes: number[] = [];
  const heard: Buffer[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let [freeAt, lost] = [0, 0];
  socket.on("message", (datagram) => {
    const weight = datagram.length + 28;
    sizes.push(weight);
    heard.push(datagram);
    freeAt = Math.max(freeAt, performance.now()) + (weight * 8000) / link.bitsPerSecond;
    if (random() < link.loss) return void (lost += 1);
    const timer = setTimeout(() => {
      timers.delete(timer);
      socket.send(datagram, to, "127.0.0.1");
    }, freeAt - performance.now());
    timers.add(timer);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    sizes,
    heard,
    lost: () => lost,
    close: async () => {
      timers.forEach((timer) => clearTimeout(timer));
      socket.close();
      await once(socket, "close");
    },
  };
}

/** A port of this machine on which nothing listens now. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

export interface Gate {
  readonly port: number;
  open: boolean;
  cut(): void;
  close(): Promise<void>;
}

/** The way over which parcels go, until it is cut. */
export async function gate(to: number): Promise<Gate> {
  const sockets = new Set<TcpSocket>();
  const keep = (socket: TcpSocket): TcpSocket => {
    sockets.add(socket);
    return socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    if (!made.open) return void near.destroy();
    const far = keep(connect(to, "127.0.0.1"));
    keep(near).pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const made: Gate = {
    port: (server.address() as { port: number }).port,
    open: true,
    cut: () => {
      made.open = false;
      sockets.forEach((socket) => socket.destroy());
    },
    close: async () => {
      made.cut();
      server.close();
      await once(server, "close");
    },
  };
  return made;
}

export interface Trickle {
  readonly port: number;
  /** Requests and answers that are too large for it were held up. */
  heldUp(): number;
  /** Everything passes from now on. */
  widen(): void;
  close(): Promise<void>;
}

/** A way on which small parcels pass at once, and a connection stops for good with the first large one. */
export async function trickle(to: number, maxBytes: number): Promise<Trickle> {
  const sockets = new Set<TcpSocket>();
  let [wide, heldUp] = [false, 0];
  const pass = (from: TcpSocket, into: TcpSocket, stopped: { yes: boolean }): void => {
    sockets.add(from);
    from.on("error", () => from.destroy()).on("close", () => (sockets.delete(from), into.destroy()));
    from.on("data", (chunk: Buffer) => {
      const length = Number(/content-length: (\d+)/i.exec(chunk.toString("latin1"))?.[1] ?? 0);
      if (!wide && !stopped.yes && length > maxBytes) {
        stopped.yes = true;
        heldUp += 1;
      }
      if (!stopped.yes) into.write(chunk);
    });
  };
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    const stopped = { yes: false };
    pass(near, far, stopped);
    pass(far, near, stopped);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as { port: number }).port,
    heldUp: () => heldUp,
    widen: () => {
      wide = true;
      sockets.forEach((socket) => socket.destroy());
    },
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, "close");
    },
  };
}
