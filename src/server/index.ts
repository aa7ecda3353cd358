/** Server: a node, from its directory to its doors. `startNode` runs one. */
export { type AtRest, isEncrypted } from "./at-rest/at-rest.ts";
export { changePassphrase, decryptNode, encryptNode, nodeAtRest, rekeyNode } from "./at-rest/node-at-rest.ts";
export { formatConfig, parseConfig } from "./config.ts";
export { closeGeneration } from "./exchange/close-generation.ts";
export { readDeclarations } from "./exchange/declared-here.ts";
export { openMailbox } from "./carriers/open-mailbox.ts";
export { createGoBetween } from "./go-between/config.ts";
export { grantMailbox, startGoBetween } from "./go-between/start.ts";
export { type Lock, lockDirectory } from "./lock.ts";
export { silentLogger } from "./logger.ts";
export {
  addKeys,
  checkOwnParty,
  dropKeys,
  createNodeDir,
  installLine,
  nodePaths,
  readCarriers,
  readKeyNames,
  readLine,
  readNodeConfig,
  readNodeKeys,
} from "./node-dir.ts";
export { ROSTER_PURPOSES, type RosterPurpose } from "./node-keys.ts";
export { rehearse } from "./rehearse.ts";
export { type RunningNode, startNode } from "./start.ts";
