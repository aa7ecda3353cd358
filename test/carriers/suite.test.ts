/** The suite, over each carrier: nodes in this process, TLS and files and a go-between between them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  createGoBetween,
  grantMailbox,
  openMailbox,
  silentLogger,
  startGoBetween,
  startNode,
} from "../../src/server/index.ts";
import { fromBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { freePort, makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { desk } from "../support/nodes.ts";
import { carrierSuite, type Fault, faulty, type Opened } from "./suite.ts";

const quiet = { logger: silentLogger };
const TWO = PARTIES.filter(({ id }) => id !== "relief");

async function started(line: MadeLine, fault: () => Fault) {
  const carriers = (own: Parameters<typeof faulty>[0][] | readonly Parameters<typeof faulty>[0][]) =>
    own.map((carrier) => faulty(carrier, fault()));
  return Promise.all(Object.values(line.parties).map(({ dir }) => startNode(dir, { ...quiet, carriers })));
}

carrierSuite("direct over TLS", async (fault): Promise<Opened> => {
  const line = await makeLine({ parties: TWO, direct: "tls" });
  const nodes = await started(line, fault);
  const close = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  };
  return { line, nodes, close };
});

carrierSuite("go-between", async (fault): Promise<Opened> => {
  const dir = mkdtempSync(join(tmpdir(), "parley-post-"));
  createGoBetween(suite, dir, `127.0.0.1:${await freePort()}`, null);
  const post = await startGoBetween(dir, quiet);
  const prepare = async (node: string) => void (await openMailbox(suite, node, grantMailbox(suite, dir, Date.now)));
  const line = await makeLine({ parties: TWO, direct: "none", prepare });
  const nodes = await started(line, fault);
  const close = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await post.stop();
    line.remove();
    rmSync(dir, { recursive: true, force: true });
  };
  return { line, nodes, close };
});

carrierSuite("courier", async (fault): Promise<Opened> => {
  const line = await makeLine({ parties: TWO, direct: "none" });
  const nodes = await Promise.all(Object.values(line.parties).map(({ dir }) => startNode(dir, quiet)));
  const ending = new AbortController();
  const rounds = ["northern", "southern"].map((from) => walk(line, from, fault(), ending.signal));
  const close = async () => {
    ending.abort();
    await Promise.all(rounds);
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  };
  return { line, nodes, close };
});

/** Somebody who walks to and fro, and does with the parcels what `fault` does. */
async function walk(line: MadeLine, from: string, fault: Fault, signal: AbortSignal): Promise<void> {
  const to = from === "northern" ? "southern" : "northern";
  const [giver, taker] = [await desk(line.party(from)).as("watch-1"), await desk(line.party(to)).as("watch-1")];
  for (let n = 0; !signal.aborted; n++) {
    const { parcel } = await giver.parcelOut({ body: { to: line.party(to).id } });
    for (const part of await fault(fromBase64(parcel), n)) {
      await taker.parcelIn({ body: part }).catch((error: unknown) => {
        if (!isParleyError(error) || !error.code.startsWith("parcel-")) throw error;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
