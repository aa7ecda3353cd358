/** Server: a node, from its directory to its doors. `startNode` runs one. */
export { formatConfig, type NodeConfig, parseConfig } from "./config.ts";
export { SERVER_ERRORS } from "./errors.ts";
export { jsonLogger, type Logger, silentLogger } from "./logger.ts";
export type { NodeOptions } from "./node.ts";
export {
  createNodeDir,
  installLine,
  type NodePaths,
  nodePaths,
  readLine,
  readNodeConfig,
  readNodeKeys,
} from "./node-dir.ts";
export { type RunningNode, startNode } from "./start.ts";
