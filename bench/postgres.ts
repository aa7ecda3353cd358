/**
 * A private PostgreSQL with PostGIS for one run: installed where we may, started in a directory of its own as a user
 * without rights, reached over a Unix socket alone, and gone with its data when the run ends, however it ends.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PACKAGE = "postgresql-15-postgis-3";
const ROOT_OF_15 = "/usr/lib/postgresql/15";
const LIBRARY = join(ROOT_OF_15, "lib", "postgis-3.so");

export interface Postgres {
  /** The directory of its socket; the user is `peer`, the database `postgres`. */
  readonly socketDir: string;
  readonly version: string;
  stop(): Promise<void>;
}

export interface Absent {
  /** Why there is no peer, for people. */
  readonly why: string;
}

/** Installs PostGIS where it is missing and we may. Null where it is there now. */
export function ensurePostgis(say: (text: string) => void): Absent | null {
  if (existsSync(LIBRARY)) return null;
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) return { why: `PostGIS is not here: install the package ${PACKAGE} as root first` };
  say(`Installing ${PACKAGE} (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const install = () =>
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", PACKAGE], { env, stdio: "ignore" });
  if (install().status !== 0) {
    spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
    install();
  }
  return existsSync(LIBRARY) ? null : { why: `the package ${PACKAGE} could not be installed` };
}

/**
 * Ends with its standard input: when the bench dies, by whatever signal, its end of the pipe closes, and the server and
 * its data go. At once (QUIT), since a long geodesic calculation does not listen to anything milder.
 */
const KEEPER = `
"$1/bin/postgres" -D "$2/data" >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$2"
`;

/** Starts the instance. `settings` are those of postgresql.conf. Throws where the server does not come up. */
export async function startPostgres(settings: Readonly<Record<string, string>>): Promise<Postgres> {
  const dir = mkdtempSync(join(tmpdir(), "parley-bench-pg-"));
  const asUser = userWithoutRights(dir);
  try {
    const data = join(dir, "data");
    runAs(asUser, [
      join(ROOT_OF_15, "bin/initdb"),
      "-D",
      data,
      "-U",
      "peer",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
    ]);
    configure(asUser, dir, settings);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  const command = [...asUser, "/bin/sh", "-c", KEEPER, "keeper", ROOT_OF_15, dir];
  const keeper = spawn(command[0] as string, command.slice(1), {
    stdio: ["pipe", "ignore", "inherit"],
    detached: true,
    cwd: dir,
  });
  await untilReady(keeper, dir);
  return {
    socketDir: dir,
    version: execFileSync(join(ROOT_OF_15, "bin/postgres"), ["--version"], { encoding: "utf8" }).trim(),
    stop: () => stop(keeper, dir),
  };
}

/** PostgreSQL refuses root. The command that changes the user, or none where we are not root. */
function userWithoutRights(dir: string): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  execFileSync("chown", ["postgres", dir]);
  chmodSync(dir, 0o700);
  return ["runuser", "-u", "postgres", "--"];
}

function runAs(asUser: readonly string[], command: readonly string[], input = ""): void {
  const [file, ...args] = [...asUser, ...command];
  execFileSync(file as string, args, { cwd: tmpdir(), input, stdio: ["pipe", "ignore", "pipe"] });
}

function configure(asUser: readonly string[], dir: string, settings: Readonly<Record<string, string>>): void {
  const all = { listen_addresses: "", unix_socket_directories: dir, ...settings };
  const lines = Object.entries(all).map(([key, value]) => `${key} = '${value}'\n`);
  runAs(asUser, ["/bin/sh", "-c", 'cat >>"$1"', "sh", join(dir, "data", "postgresql.conf")], lines.join(""));
}

async function untilReady(keeper: ChildProcess, dir: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const ready = spawnSync(join(ROOT_OF_15, "bin/pg_isready"), ["-q", "-h", dir, "-U", "peer"]);
    if (ready.status === 0) return;
    await sleep(100);
  }
  const log = spawnSync("tail", ["-5", join(dir, "log")], { encoding: "utf8" }).stdout;
  await stop(keeper, dir);
  throw new Error(`PostgreSQL did not start in ${dir}: ${log}`);
}

async function stop(keeper: ChildProcess, dir: string): Promise<void> {
  if (keeper.exitCode === null && keeper.signalCode === null) {
    const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
    keeper.stdin?.end();
    await ended;
  }
  rmSync(dir, { recursive: true, force: true });
}
