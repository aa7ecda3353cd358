/** Server: a node, from its directory to its doors. `startNode` runs one. */
export { formatConfig, parseConfig } from "./config.ts";
export { type Lock, lockDirectory } from "./lock.ts";
export { silentLogger } from "./logger.ts";
export {
  createNodeDir,
  installLine,
  nodePaths,
  readCarriers,
  readLine,
  readNodeConfig,
  readNodeKeys,
} from "./node-dir.ts";
export { type RunningNode, startNode } from "./start.ts";
