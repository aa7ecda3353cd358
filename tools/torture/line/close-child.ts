/** Closes a party's log, as `parley generation close` does, in a process that may be killed at any of its writes. */
import { seedSigner } from "../../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../../src/crypto/native.ts";
import { openAtRest } from "../../../src/server/at-rest/at-rest.ts";
import { closeGeneration } from "../../../src/server/index.ts";
import { fromHex } from "../../../src/wire/bytes.ts";

const [dir, seed] = process.argv.slice(2) as [string, string];

await closeGeneration(suite, dir, {
  cause: "node-lost",
  next: null,
  now: Date.now(),
  rest: openAtRest(suite, dir, process.env["PARLEY_STORE_PASSPHRASE"] ?? null),
  confirm: async () => undefined,
  signer: async () => seedSigner(suite, fromHex(seed, 32)),
});
