/**
 * Prosody to Prosody: two private servers on two loopback addresses, TLS between them with certificates of their own
 * making, every message archived on both (mod_mam in SQLite, which Prosody leaves at its default: a journal that is
 * synced at every commit). Officers' messages are OpenPGP, signed twice; the receipt is XEP-0184.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { ensurePackages } from "./install.ts";
import type { Absent } from "./install.ts";
import { pgpKeys } from "./openpgp.ts";
import type { SendOrder, XmppOrder } from "./xmpp-officer.ts";

const BINARY = "/usr/bin/prosody";
/** Of 127.0.0.0/8, so that both listen on the one port that servers look for each other at. */
const HOSTS = ["127.0.31.1", "127.0.31.2"] as const;
const CLIENT_PORT = 5222;
const SERVER_PORT = 5269;
const PASSWORD = "bench";

export interface Prosody {
  readonly version: string;
  /** Receipts a second. */
  perSecond(order: SendOrder): Promise<number>;
  stop(): Promise<void>;
}

export async function startProsody(say: (text: string) => void): Promise<Prosody | Absent> {
  const absent = ensurePackages(["prosody", "lua-dbi-sqlite3", "openssl"], BINARY, say);
  if (absent !== null) return absent;
  const dir = mkdtempSync(join(tmpdir(), "parley-bench-prosody-"));
  const servers: ChildProcess[] = [];
  const workers: Worker[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.terminate()));
    await Promise.all(servers.map(ended));
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    for (const host of HOSTS) servers.push(startServer(join(dir, host), host));
    for (const host of HOSTS) await untilListening(host, dir);
    const keys = await pgpKeys();
    const [north, south] = HOSTS;
    const order = (role: XmppOrder["role"], host: string, other: string): XmppOrder => {
      const login = { host, port: CLIENT_PORT, user: "officer", password: PASSWORD };
      return { role, login, to: `officer@${other}`, keys };
    };
    workers.push(
      await startOfficer(order("receiver", south, north)),
      await startOfficer(order("author", north, south)),
    );
    const author = workers[1] as Worker;
    return { version: versionOf(), perSecond: (sending) => answerOf(author, sending), stop };
  } catch (error) {
    await stop();
    return { why: `Prosody did not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function versionOf(): string {
  const text = execFileSync("dpkg-query", ["-W", "-f", "${Version}", "prosody"], { encoding: "utf8" });
  return `Prosody ${text.split("-")[0]}`;
}

function startServer(dir: string, host: string): ChildProcess {
  mkdirSync(join(dir, "data"), { recursive: true });
  certificate(dir, host);
  const config = join(dir, "prosody.cfg.lua");
  writeFileSync(config, configOf(dir, host));
  const accounts = join(dir, "data", host.replaceAll(".", "%2e"), "accounts");
  mkdirSync(accounts, { recursive: true });
  writeFileSync(join(accounts, "officer.dat"), `return { ["password"] = "${PASSWORD}" };\n`);
  // In the foreground: it ends with the bench, however that ends.
  return spawn(BINARY, ["-F", "--config", config], { stdio: ["ignore", "ignore", "ignore"] });
}

function configOf(dir: string, host: string): string {
  return `
pidfile = "${dir}/prosody.pid"
data_path = "${dir}/data"
run_as_root = true
log = { { levels = { min = "info" }, to = "file", filename = "${dir}/log" } }
interfaces = { "${host}" }
local_interfaces = { "${host}" }
c2s_ports = { ${CLIENT_PORT} }
s2s_ports = { ${SERVER_PORT} }
modules_enabled = { "roster", "saslauth", "tls", "dialback", "disco", "mam", "presence", "message", "iq", "s2s", "c2s" }
modules_disabled = { "offline", "posix", "admin_shell" }
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
s2s_require_encryption = true
s2s_secure_auth = false
storage = { archive = "sql", accounts = "internal" }
default_storage = "internal"
sql = { driver = "SQLite3", database = "archive.sqlite" }
default_archive_policy = true
archive_expires_after = "never"
certificates = "${dir}"
network_settings = { tcp_nodelay = true }
VirtualHost "${host}"
  ssl = { key = "${dir}/key.pem", certificate = "${dir}/cert.pem" }
`;
}

function certificate(dir: string, host: string): void {
  const names = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=IP:${host},DNS:${host}`];
  const files = ["-keyout", join(dir, "key.pem"), "-out", join(dir, "cert.pem")];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...key, ...names, ...files], { stdio: "ignore" });
}

async function untilListening(host: string, dir: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await accepts(host)) return;
    await sleep(100);
  }
  throw new Error(`nothing listens at ${host}: ${logOf(join(dir, host))}`);
}

function logOf(dir: string): string {
  try {
    return readFileSync(join(dir, "log"), "utf8").slice(-500);
  } catch {
    return "it wrote no log";
  }
}

function accepts(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: CLIENT_PORT });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function startOfficer(order: XmppOrder): Promise<Worker> {
  const worker = new Worker(new URL("xmpp-officer.ts", import.meta.url), { workerData: order });
  await within(nextOf(worker), `the ${order.role} to sign in`);
  return worker;
}

async function answerOf(worker: Worker, order: SendOrder): Promise<number> {
  const next = nextOf(worker);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(order);
  return (await within(next, "the receipts", 600_000)) as number;
}

function nextOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

async function within<T>(work: Promise<T>, what: string, ms = 30_000): Promise<T> {
  const late = new AbortController();
  const timeout = sleep(ms, null, { signal: late.signal }).then(() => {
    throw new Error(`waited in vain for ${what}`);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    late.abort();
    timeout.catch(() => undefined);
  }
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.kill("SIGTERM");
  await exit;
}
