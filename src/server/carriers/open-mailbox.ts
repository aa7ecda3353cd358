/** Opening a mailbox with what a go-between's operator gave, and keeping it in `parley.toml`. */
import type { Suite } from "../../crypto/index.ts";
import {
  collectSeed,
  DEPOSIT_BYTES,
  depositHash,
  encodeOpenMailbox,
  type Mailbox,
  MAILBOX_ID_BYTES,
  parseGrant,
} from "../../line/index.ts";
import { toHex } from "../../wire/bytes.ts";
import { type AtRest, PLAIN } from "../at-rest/at-rest.ts";
import { formatConfig } from "../config.ts";
import { writeDurably } from "../files.ts";
import { nodePaths, readNodeConfig, readNodeSeeds } from "../node-dir.ts";
import { ask } from "./request.ts";
import { PinnedAgent } from "./tls.ts";

const TIMEOUT_MS = 15_000;

/** @throws mailbox-malformed, peer-unreachable, peer-timeout, peer-refused, peer-other-key, node-directory-missing */
export async function openMailbox(
  suite: Suite,
  dir: string,
  text: string,
  rest: AtRest = PLAIN,
): Promise<{ readonly address: string; readonly id: string }> {
  const { address, tls, grant } = parseGrant(text);
  const config = readNodeConfig(dir);
  const { mailbox: seed } = readNodeSeeds(dir, rest);
  const mailbox: Mailbox = {
    address,
    tls,
    id: suite.randomBytes(MAILBOX_ID_BYTES),
    deposit: suite.randomBytes(DEPOSIT_BYTES),
  };
  const body = encodeOpenMailbox({
    grant,
    id: mailbox.id,
    collect: suite.ed25519PublicKey(collectSeed(suite, seed, mailbox.id)),
    deposit: depositHash(suite, mailbox.deposit),
  });
  const agent = new PinnedAgent([tls], null);
  const url = `${address.replace(/\/$/, "")}/go-between/v1/mailboxes`;
  try {
    const { signal } = new AbortController();
    await ask({ url, body, maxBytes: 1024, timeoutMs: TIMEOUT_MS, agent, signal });
  } finally {
    agent.destroy();
  }
  const next = { ...config, mailboxes: [...config.mailboxes, mailbox] };
  writeDurably(nodePaths(dir).config, formatConfig(next), 0o600);
  return { address, id: toHex(mailbox.id) };
}
