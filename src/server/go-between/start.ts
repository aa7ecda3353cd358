/** A go-between: a process and a directory of its own. It keeps sealed parcels and learns nothing but sizes and times. */
import { nativeSuite } from "../../crypto/native.ts";
import type { Suite } from "../../crypto/index.ts";
import { formatGrant } from "../../line/index.ts";
import { lockDirectory } from "../lock.ts";
import { jsonLogger, type Logger } from "../logger.ts";
import { closed, listen, type RunningNode } from "../start.ts";
import { goBetweenPaths, readGoBetween } from "./config.ts";
import { goBetweenDoor } from "./door.ts";
import { openMailboxes } from "./mailboxes.ts";

export interface GoBetweenOptions {
  readonly suite?: Suite;
  readonly logger?: Logger;
  readonly now?: () => number;
}

const EXPIRE_MS = 3_600_000;

/** @throws config-malformed, node-directory-missing, node-running, port-in-use, listen-failed, store-… */
export async function startGoBetween(dir: string, options: GoBetweenOptions = {}): Promise<RunningNode> {
  const { suite = nativeSuite, now = Date.now } = options;
  const { config, tlsSeed } = readGoBetween(dir);
  const logger = options.logger ?? jsonLogger("go-between", (line) => void process.stderr.write(line), now);
  const paths = goBetweenPaths(dir);
  const lock = lockDirectory(paths.lock);
  try {
    const mailboxes = openMailboxes(suite, paths.store, config, now);
    const door = goBetweenDoor({ suite, tlsSeed, mailboxes, logger, now });
    const bound = await listen(door, config.listen).catch((error: unknown) => {
      mailboxes.close();
      throw error;
    });
    const url = bound.replace("http:", "https:");
    mailboxes.expire();
    const timer = setInterval(() => mailboxes.expire(), EXPIRE_MS);
    logger.info("go-between-serving", { url });
    const stop = async (): Promise<void> => {
      clearInterval(timer);
      await closed(door);
      mailboxes.close();
      lock.release();
      logger.info("stopped");
    };
    return { url, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A line of text with which one party may open one mailbox; the go-between may run meanwhile. */
export function grantMailbox(suite: Suite, dir: string, now: () => number): string {
  const { config, tlsSeed } = readGoBetween(dir);
  const mailboxes = openMailboxes(suite, goBetweenPaths(dir).store, config, now);
  try {
    return formatGrant({
      address: config.publicAddress,
      tls: suite.ed25519PublicKey(tlsSeed),
      grant: mailboxes.grant(),
    });
  } finally {
    mailboxes.close();
  }
}
