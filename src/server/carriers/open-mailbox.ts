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
import { isParleyError } from "../../wire/error.ts";
import { type AtRest, PLAIN } from "../at-rest/at-rest.ts";
import { withMailbox } from "../config.ts";
import { serverError } from "../errors.ts";
import { readTextIfThere, writeDurably } from "../files.ts";
import { nodePaths, readNodeSeeds } from "../node-dir.ts";
import { ask } from "./request.ts";
import { PinnedAgent } from "./tls.ts";

const TIMEOUT_MS = 15_000;

/** @throws mailbox-malformed, mailbox-grant-refused, config-malformed, peer-…, node-directory-missing, node-keys-… */
export async function openMailbox(
  suite: Suite,
  dir: string,
  text: string,
  rest: AtRest = PLAIN,
): Promise<{ readonly address: string; readonly id: string }> {
  const { address, tls, grant } = parseGrant(text);
  const path = nodePaths(dir).config;
  const { mailbox: seed } = readNodeSeeds(dir, rest);
  const mailbox: Mailbox = {
    address,
    tls,
    id: suite.randomBytes(MAILBOX_ID_BYTES),
    deposit: suite.randomBytes(DEPOSIT_BYTES),
  };
  const before = readTextIfThere(path);
  if (before === null) throw serverError("node-directory-missing", `${dir} has no parley.toml.`);
  // A grant serves once: what could not be written down is refused before it is used.
  const after = withMailbox(before, mailbox);
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
  } catch (cause) {
    if (!isParleyError(cause, "peer-refused") || cause.detail["code"] !== "mailbox-refused") throw cause;
    throw serverError("mailbox-grant-refused", `${address} takes this grant no more: it was used, or is too old.`, {
      cause,
    });
  } finally {
    agent.destroy();
  }
  writeDurably(path, after, 0o600);
  return { address, id: toHex(mailbox.id) };
}
