/**
 * The wire between nodes: a door on loopback in front of each node's own, through which every connection to it passes.
 * It knows the caller by his source address and treats each pair by its own `Weather`. It never reads what passes.
 */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Weather {
  /** Nothing passes: what stands is reset, and who calls is reset. */
  readonly cut: boolean;
  /** What the caller sends is swallowed in silence. */
  readonly deafThere: boolean;
  /** What is answered is swallowed in silence. */
  readonly deafBack: boolean;
  /** Each piece waits up to so long, another time on each connection, so that connections overtake each other. */
  readonly delayMs: number;
  readonly bytesPerSecond: number | null;
  /** A connection ends at a chance place within so many bytes. */
  readonly cutsWithin: number | null;
}

export const FAIR: Weather = {
  cut: false,
  deafThere: false,
  deafBack: false,
  delayMs: 0,
  bytesPerSecond: null,
  cutsWithin: null,
};

/** What is between a caller and a node at this moment. */
export type WeatherOf = (caller: string) => Weather;

export interface Door {
  readonly port: number;
  /** The weather changed: whoever is cut or deaf now is let go of at its end. */
  changed(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  readonly caller: string;
  /** Bytes were swallowed: nothing sensible can follow on this connection. */
  spoilt: boolean;
}

export async function openDoor(target: number, weatherOf: WeatherOf): Promise<Door> {
  const pairs = new Set<Pair>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const caller = near.remoteAddress ?? "";
    if (weatherOf(caller).cut) return void near.destroy();
    const far = connect({ host: "127.0.0.1", port: target, allowHalfOpen: true });
    const pair: Pair = { near, far, caller, spoilt: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    void pass(pair, near, far, () => weatherOf(caller), "deafThere");
    void pass(pair, far, near, () => weatherOf(caller), "deafBack");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const reset = (pair: Pair): void => {
    pair.near.destroy();
    pair.far.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    changed: () => {
      for (const pair of pairs) {
        const { cut, deafThere, deafBack } = weatherOf(pair.caller);
        if (cut || (pair.spoilt && !deafThere && !deafBack)) reset(pair);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const pair of pairs) reset(pair);
      }),
  };
}

async function pass(
  pair: Pair,
  from: Socket,
  to: Socket,
  weather: () => Weather,
  deaf: "deafThere" | "deafBack",
): Promise<void> {
  const ownDelay = Math.random();
  let left = Math.random() * (weather().cutsWithin ?? Infinity);
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      const now = weather();
      if (now[deaf]) pair.spoilt = true;
      if (pair.spoilt) continue;
      if (now.delayMs > 0) await sleep(ownDelay * now.delayMs);
      if (now.bytesPerSecond !== null) await sleep((chunk.length * 1000) / now.bytesPerSecond);
      if (chunk.length > left) {
        to.write(chunk.subarray(0, left));
        return void pair.near.destroy();
      }
      left -= chunk.length;
      if (!to.write(chunk)) await drained(to);
    }
    if (!pair.spoilt) to.end();
  } catch {
    to.destroy();
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}
