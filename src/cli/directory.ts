/** A node's directory as the command line sees it: its address, and its officers' key files. */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse as parseToml } from "smol-toml";
import { serverError } from "../server/errors.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { readText } from "./files.ts";
import type { NodeOptions } from "./help.ts";

export const CONFIG_FILE = "parley.toml";
/** As the node has it where the file says nothing (src/server/config.ts). */
const DEFAULT_LISTEN = "127.0.0.1:7101";

export interface NodeConfig {
  readonly party: string;
  /** Such as `127.0.0.1:7101`. */
  readonly listen: string;
}

/** Where the node's directory is meant to be, whether or not it is there. */
export function directoryPath(context: Context, options: Pick<NodeOptions, "dir">): string {
  return resolve(context.cwd, options.dir ?? context.env["PARLEY_DIR"] ?? ".");
}

/** The node's directory; throws `no-node-directory` where there is none. */
export function directoryOf(context: Context, options: Pick<NodeOptions, "dir">): string {
  const dir = directoryPath(context, options);
  if (!existsSync(join(dir, CONFIG_FILE))) {
    throw cliError("no-node-directory", `${dir} is not a node's directory: it has no ${CONFIG_FILE}.`);
  }
  return dir;
}

export function readConfig(dir: string): NodeConfig {
  const path = join(dir, CONFIG_FILE);
  let values: Record<string, unknown>;
  try {
    values = parseToml(readText(path));
  } catch (cause) {
    throw serverError("config-malformed", `${path} is not TOML: ${(cause as Error).message}`, { cause });
  }
  const { party, listen = DEFAULT_LISTEN } = values;
  if (typeof party !== "string" || typeof listen !== "string") {
    throw serverError("config-malformed", `${path} names no party, or no address to listen at.`);
  }
  return { party, listen };
}

/** The address at which the node of this directory answers on its own machine. */
export function localUrl(dir: string): string {
  const { listen } = readConfig(dir);
  return `http://${listen.replace(/^(?:0\.0\.0\.0|\[::\]|\*)(?=:)/, "127.0.0.1")}`;
}

export const officersFolder = (dir: string): string => join(dir, "officers");
export const officerKeyPath = (dir: string, officer: string): string => join(officersFolder(dir), `${officer}.key`);
export const identityKeyPath = (dir: string): string => join(dir, "identity.key");

/** The identity key's file: `--identity`, or where `init` left it; it is kept off the machine. @throws identity-key-missing */
export function identityKeyFile(
  context: Context,
  options: { readonly dir?: string; readonly identity?: string },
): string {
  const { identity } = options;
  const path = identity === undefined ? identityKeyPath(directoryOf(context, options)) : resolve(context.cwd, identity);
  if (!existsSync(path)) throw cliError("identity-key-missing", `The identity key is not at ${path}.`);
  return path;
}

/** The key file of whoever works: `--key`, `--as`, PARLEY_OFFICER, or the only one there is. */
export function officerKeyFile(context: Context, options: NodeOptions): string {
  if (options.key !== undefined) return resolve(context.cwd, options.key);
  const dir = directoryOf(context, options);
  const named = options.as ?? context.env["PARLEY_OFFICER"];
  const found = keyNames(officersFolder(dir));
  if (named !== undefined) {
    if (found.includes(named)) return officerKeyPath(dir, named);
    throw cliError("no-officer-key", `There is no key file ${officerKeyPath(dir, named)}.${has(found)}`);
  }
  if (found.length === 1) return officerKeyPath(dir, found[0] as string);
  throw cliError("no-officer-key", `It is not said which officer this is.${has(found)}`);
}

function keyNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".key"));
  return files.map((name) => name.slice(0, -".key".length)).toSorted();
}

function has(found: readonly string[]): string {
  return found.length === 0 ? " No officer has a key here." : ` Keys here: ${found.join(", ")}.`;
}
