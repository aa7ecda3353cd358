/** `node switch-child.ts DIR HOW`: encrypts, decrypts or re-keys a node's directory, and may be killed at any write of it. */
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { decryptNode, encryptNode, rekeyNode } from "../../src/server/at-rest/node-at-rest.ts";

const [dir, how] = process.argv.slice(2) as [string, "encrypt" | "decrypt" | "rekey"];
if (how === "encrypt") encryptNode(suite, dir, "the first of ours");
else if (how === "rekey") rekeyNode(suite, dir, "the first of ours", "the second of ours");
else decryptNode(suite, dir, "the first of ours");
