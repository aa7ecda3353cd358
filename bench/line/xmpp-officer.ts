/** One side's officers in a thread of their own: `author` sends so many messages, `receiver` opens each and receipts it. */
import { parentPort, workerData } from "node:worker_threads";
import { type Pgp, pgp, type PgpKeys } from "./openpgp.ts";
import { words } from "./said.ts";
import { xmppClient, type XmppLogin } from "./xmpp.ts";

export interface XmppOrder {
  readonly role: "author" | "receiver";
  readonly login: XmppLogin;
  /** The other's address. */
  readonly to: string;
  readonly keys: PgpKeys;
}

/** How many are sent, and how many may be without their receipt. */
export interface SendOrder {
  readonly messages: number;
  readonly window: number;
}

const CIPHER = /<openpgp[^>]*>([^<]+)</;
const SENT_ID = /<message[^>]* id=['"]([^'"]+)['"]/;
const RECEIVED_ID = /<received[^>]* id=['"]([^'"]+)['"]/;

const order = workerData as XmppOrder;
const port = parentPort;
if (port === null) throw new Error("This runs as a worker thread.");
const both = await pgp(order.keys);
if (order.role === "receiver") await receive(both);
else await author(both);

async function receive({ open }: Pgp): Promise<void> {
  const receipted = async (id: string, cipher: string): Promise<void> => {
    await open(cipher);
    const receipt = `<received xmlns='urn:xmpp:receipts' id='${id}'/>`;
    client.send(`<message to='${order.to}' type='chat' id='r${id}'>${receipt}</message>`);
  };
  const client = await xmppClient(order.login, (stanza) => {
    const id = SENT_ID.exec(stanza)?.[1];
    const cipher = CIPHER.exec(stanza)?.[1];
    if (id === undefined || cipher === undefined) return;
    void receipted(id, cipher);
  });
  port?.on("message", () => client.close());
  port?.postMessage("ready");
}

async function author({ seal }: Pgp): Promise<void> {
  const pending = new Map<string, () => void>();
  const client = await xmppClient(order.login, (stanza) => {
    const id = RECEIVED_ID.exec(stanza)?.[1] ?? "";
    pending.get(id)?.();
    pending.delete(id);
    if (stanza.includes("type='error'")) throw new Error(`The message was refused: ${stanza.slice(0, 500)}`);
  });
  const one = async (i: number): Promise<void> => {
    const id = `m${i}`;
    const cipher = await seal(words(i));
    const receipted = new Promise<void>((resolve) => pending.set(id, resolve));
    const openpgp = `<openpgp xmlns='urn:xmpp:openpgp:0'>${cipher}</openpgp>`;
    const hints = "<request xmlns='urn:xmpp:receipts'/><store xmlns='urn:xmpp:hints'/>";
    client.send(`<message to='${order.to}' type='chat' id='${id}'>${openpgp}${hints}</message>`);
    await receipted;
  };
  let first = 0;
  const run = async ({ messages, window }: SendOrder): Promise<number> => {
    const left = Array.from({ length: messages }, (_, i) => first + i).values();
    first += messages;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: window }, async () => {
        for (const i of left) await one(i);
      }),
    );
    return (1000 * messages) / (performance.now() - began);
  };
  port?.on("message", (next: SendOrder | "end") => {
    if (next === "end") client.close();
    else void run(next).then((perSecond) => port?.postMessage(perSecond));
  });
  port?.postMessage("ready");
}
