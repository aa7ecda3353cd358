/** One party's identity key at work: what it declares, whatever happens to its node meanwhile, and what it was told of it. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../../src/api/index.ts";
import { type Signer, seedSigner } from "../../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../../src/crypto/native.ts";
import { type Declared, signDeclaration } from "../../../src/line/index.ts";
import { toBase64, toHex } from "../../../src/wire/bytes.ts";
import { parseLogOrigin } from "../../../src/wire/id.ts";
import { livedMs } from "../lived.ts";
import type { Random } from "../random.ts";
import type { Fleet } from "./fleet.ts";
import { isLoss, type Officers } from "./officers.ts";

/** A declaration of which its party was told that it is published. */
export interface Told {
  readonly party: string;
  readonly declares: Declared["declares"];
  /** In hex. */
  readonly bytes: string;
}

const PATIENCE_MS = 60_000;
/** A closing is some 20 writes; beyond, it is not met. */
const MOST_WRITES = 30;
const CLOSER = join(import.meta.dirname, "close-child.ts");

export class Declarer {
  readonly officers: Officers;
  readonly told: Told[];
  readonly #fleet: Fleet;
  #identity: Uint8Array;
  #successor: Uint8Array | null = null;

  constructor(fleet: Fleet, officers: Officers, told: Told[]) {
    this.#fleet = fleet;
    this.officers = officers;
    this.told = told;
    this.#identity = officers.node.party.identity;
  }

  /** What `officer` signed from `back` entries before the end of the log on counts for nothing. */
  async revoke(officer: string, back: number): Promise<void> {
    const { log } = await this.#look((client) => client.status());
    const { generation } = parseLogOrigin(log.origin);
    const key = this.officers.node.party.officers[officer]?.signer.publicKey;
    if (key === undefined) throw new Error(`${this.officers.node.id} has no officer ${officer}`);
    const from = { generation, index: Math.max(2, log.size - back) };
    await this.#publish({ declares: "revocation", key, from, reason: "key-compromised" }, this.#signer());
  }

  async name(): Promise<void> {
    const seed = suite.randomBytes(32);
    await this.#publish({ declares: "successor", identity: suite.ed25519PublicKey(seed) }, this.#signer());
    this.#successor = seed;
  }

  /** The lost key appoints nobody any more. */
  async succeed(): Promise<void> {
    if (this.#successor === null) throw new Error("nobody was named");
    await this.#publish({ declares: "succession" }, seedSigner(suite, this.#successor));
    [this.#identity, this.#successor] = [this.#successor, null];
  }

  async leave(): Promise<void> {
    await this.#publish({ declares: "leaving", reason: null }, this.#signer());
  }

  /** Ends the log and begins the next, in a program that dies at any of its writes until it comes through. */
  async close(random: Random, onKill: () => void): Promise<void> {
    const { node } = this.officers;
    await node.stop();
    const seed = toHex(this.#identity);
    for (let deaths = 0; ; deaths++) {
      if (deaths < 3) node.control?.dieAt(1 + random.below(MOST_WRITES), random.chance(0.3));
      const { code, said } = await node.beside([CLOSER, node.party.dir, seed]);
      node.control?.reset();
      if (code === 0) break;
      if (said.includes("succession-unheld")) {
        await node.start();
        await sleep(1000);
        await node.stop();
        continue;
      }
      if (code !== null) throw new Error(`the log of ${node.id} is not closed: ${said}`);
      onKill();
      if (random.chance(0.5)) node.cutPower(random);
    }
    await node.start();
  }

  #signer(): Signer {
    return seedSigner(suite, this.#identity);
  }

  async #publish(declared: Declared, signer: Signer): Promise<void> {
    const { id: party } = this.officers.node.party;
    const declaration = { line: this.#fleet.line.line.line, party, issued_at: Date.now(), ...declared };
    const { bytes, signature } = await signDeclaration(declaration, signer);
    const body = { bytes: toBase64(bytes), signature: toBase64(signature) };
    // An answer that never came may have been a yes.
    const isThere = async () => {
      const { declarations } = await this.#look((client) => client.declarations());
      return declarations.some((each) => each.party === party && each.bytes === body.bytes);
    };
    for (const until = livedMs() + PATIENCE_MS; ;) {
      try {
        await this.officers.look((client) => client.publishDeclaration({ body }), "admin-1");
        break;
      } catch (error) {
        if (!isLoss(error) || livedMs() > until) throw error;
        await sleep(200);
        if (await isThere()) break;
      }
    }
    this.told.push({ party, declares: declared.declares, bytes: toHex(bytes) });
  }

  /** Asked again until its node is up. */
  async #look<T>(ask: (client: Client) => Promise<T>): Promise<T> {
    for (const until = livedMs() + PATIENCE_MS; ;) {
      try {
        return await this.officers.look(ask, "admin-1");
      } catch (error) {
        if (!isLoss(error) || livedMs() > until) throw error;
        await sleep(200);
      }
    }
  }
}
