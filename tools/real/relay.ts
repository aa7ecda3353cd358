/** A loopback relay in front of a node's line door, which keeps every byte that passes in either direction. */
import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import type { Needle, Sighting } from "./canary.ts";
import { sightingsIn } from "./canary.ts";

export interface Relay {
  /** The address that the other nodes are given. */
  readonly url: string;
  bytes(): number;
  sightings(needles: readonly Needle[]): Sighting[];
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and passes everything on to `port`. */
export async function openRelay(name: string, port: number): Promise<Relay> {
  const streams: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    const stream: Buffer[] = [];
    streams.push(stream);
    sockets.add(from);
    from.on("data", (chunk: Buffer) => {
      stream.push(chunk);
      if (!to.write(chunk)) from.pause();
    });
    to.on("drain", () => from.resume());
    from.on("end", () => to.end());
    // A node that was killed takes its connections with it; whoever was speaking to it learns so.
    from.on("error", () => to.destroy());
    from.on("close", () => {
      to.destroy();
      sockets.delete(from);
    });
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    pass(near, far);
    pass(far, near);
  });
  await listening(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => streams.flat().reduce((sum, chunk) => sum + chunk.length, 0),
    sightings: (needles) =>
      streams.flatMap((stream, i) => sightingsIn(`relay ${name}, stream ${i}`, Buffer.concat(stream), needles)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}
