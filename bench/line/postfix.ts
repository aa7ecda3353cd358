/**
 * Postfix to Postfix: two private instances with configuration, queue and mailboxes of their own, on two loopback
 * addresses. A message is signed twice and encrypted with GnuPG and asks for a delivery notice (RFC 3461); its receiver
 * decrypts it, verifies both signatures and mails back a signed acknowledgement. It counts when both are back and checked.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type GnuPg, gnupg } from "./gnupg.ts";
import { type Absent, ensurePackages } from "./install.ts";
import { words } from "./said.ts";
import { type SmtpClient, smtpClient } from "./smtp.ts";

const BINARY = "/usr/sbin/postfix";
const PORT = 2525;
/** Of 127.0.0.0/8. */
const SIDES = { north: "127.0.31.3", south: "127.0.31.4" } as const;
type Side = keyof typeof SIDES;
const OTHER: Readonly<Record<Side, Side>> = { north: "south", south: "north" };
/** `nobody`: whose mailboxes these are. */
const NOBODY = 65_534;

export interface Postfix {
  readonly version: string;
  /** Acknowledged messages a second, one after another. */
  perSecond(messages: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startPostfix(say: (text: string) => void): Promise<Postfix | Absent> {
  if (process.getuid?.() !== 0) return { why: "Postfix starts its parts as several users, which only root may" };
  // Without this its package sets up a mail server for the whole machine.
  if (execFileSync("sh", ["-c", "command -v debconf-set-selections || true"], { encoding: "utf8" }) !== "") {
    const none = "postfix postfix/main_mailer_type select No configuration\n";
    execFileSync("debconf-set-selections", { input: none, stdio: ["pipe", "ignore", "ignore"] });
  }
  const absent = ensurePackages(["postfix", "gnupg"], BINARY, say);
  if (absent !== null) return absent;
  const dir = mkdtempSync(join(tmpdir(), "parley-bench-postfix-"));
  chmodSync(dir, 0o755);
  const running: ChildProcess[] = [];
  const ending: (() => void)[] = [];
  const stop = async (): Promise<void> => {
    ending.forEach((end) => end());
    await Promise.all(running.map(ended));
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    for (const side of ["north", "south"] as const) running.push(startInstance(join(dir, side), side));
    for (const side of ["north", "south"] as const) await untilListening(side, join(dir, side));
    const pgp = gnupg(dir);
    ending.push(() => pgp.end());
    const clients = { north: await smtpClient(SIDES.north, PORT), south: await smtpClient(SIDES.south, PORT) };
    ending.push(() => Object.values(clients).forEach((client) => client.close()));
    const north = mailbox(join(dir, "north", "mail"), ending);
    const south = mailbox(join(dir, "south", "mail"), ending);
    const version = execFileSync("postconf", ["-dh", "mail_version"], { encoding: "utf8" }).trim();
    return {
      version: `Postfix ${version}`,
      perSecond: (messages) => exchange({ pgp, clients, north, south }, messages),
      stop,
    };
  } catch (error) {
    await stop();
    return { why: `Postfix did not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

interface Line {
  readonly pgp: GnuPg;
  readonly clients: Readonly<Record<Side, SmtpClient>>;
  readonly north: Mailbox;
  readonly south: Mailbox;
}

let messageCount = 0;

async function exchange(line: Line, messages: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < messages; i++) await oneMessage(line, messageCount++);
  return (1000 * messages) / (performance.now() - began);
}

async function oneMessage({ pgp, clients, north, south }: Line, i: number): Promise<void> {
  const id = `message-${i}@north.bench`;
  const [from, to] = ["officer@north.bench", "officer@south.bench"];
  await clients.north.send({ from, to, id, body: await pgp.seal(words(i)), notice: true });
  const [come] = await south.next(1);
  await pgp.open(come as string);
  const body = await pgp.acknowledge(`${id} was received and read.\n`);
  await clients.south.send({ from: to, to: from, id: `ack-${i}@south.bench`, body, notice: false });
  const back = await north.next(2);
  const acknowledgement = back.find((mail) => mail.includes("BEGIN PGP SIGNED MESSAGE"));
  const notice = back.find((mail) => /^Action: delivered/m.test(mail));
  if (acknowledgement === undefined || notice === undefined)
    throw new Error(`No acknowledgement, or no notice: ${back.join("\n")}`);
  await pgp.checkAcknowledgement(acknowledgement);
}

interface Mailbox {
  /** The next so many mails, as soon as they are there. */
  next(count: number): Promise<string[]>;
}

const nothing = (): void => undefined;

function mailbox(dir: string, ending: (() => void)[]): Mailbox {
  const fresh = join(dir, "officer", "new");
  mkdirSync(fresh, { recursive: true });
  mkdirSync(join(dir, "officer", "tmp"));
  mkdirSync(join(dir, "officer", "cur"));
  for (const each of [join(dir, "officer"), fresh, join(dir, "officer", "tmp"), join(dir, "officer", "cur")]) {
    chownSync(each, NOBODY, NOBODY);
  }
  let look: () => void = nothing;
  const watcher = watch(fresh, () => look());
  ending.push(() => watcher.close());
  const taken = new Set<string>();
  return {
    next: (count) =>
      new Promise((resolve) => {
        look = () => {
          const names = readdirSync(fresh).filter((name) => !taken.has(name));
          if (names.length < count) return;
          look = nothing;
          names.slice(0, count).forEach((name) => taken.add(name));
          resolve(names.slice(0, count).map((name) => readFileSync(join(fresh, name), "utf8")));
        };
        look();
      }),
  };
}

/** Ends with its standard input: when the bench dies, by whatever signal, the instance and its mail go. */
const KEEPER = `
postfix -c "$1/conf" start >"$1/out" 2>&1 </dev/null
cat >/dev/null
postfix -c "$1/conf" abort >/dev/null 2>&1 </dev/null
rm -rf "$1"
`;

function startInstance(dir: string, side: Side): ChildProcess {
  for (const part of ["conf", "spool", "data", "mail"]) mkdirSync(join(dir, part), { recursive: true });
  execFileSync("chown", ["postfix", join(dir, "data")]);
  chownSync(join(dir, "mail"), NOBODY, NOBODY);
  writeFileSync(join(dir, "conf", "main.cf"), mainOf(dir, side));
  writeFileSync(join(dir, "conf", "master.cf"), MASTER.replaceAll("ADDRESS", `${SIDES[side]}:${PORT}`));
  const command = ["-c", KEEPER, "keeper", dir];
  return spawn("/bin/sh", command, { stdio: ["pipe", "ignore", "ignore"], detached: true });
}

function mainOf(dir: string, side: Side): string {
  return `
compatibility_level = 3.6
queue_directory = ${dir}/spool
data_directory = ${dir}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
multi_instance_enable = no
maillog_file = ${dir}/log
maillog_file_prefixes = ${dir}
myhostname = ${side}.bench
mydestination =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = inline:{ ${OTHER[side]}.bench=smtp:[${SIDES[OTHER[side]]}]:${PORT} }
smtp_tls_security_level = may
virtual_mailbox_domains = ${side}.bench
virtual_mailbox_base = ${dir}/mail
virtual_mailbox_maps = static:officer/
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
virtual_transport = virtual
smtpd_peername_lookup = no
smtp_host_lookup = native
disable_dns_lookups = yes
smtpd_client_connection_rate_limit = 0
`;
}

/** Debian's own, without chroot. */
const MASTER = `
ADDRESS   inet  n - n - - smtpd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
virtual   unix  - n n - - virtual
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
`;

async function untilListening(side: Side, dir: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await accepts(SIDES[side])) return;
    await sleep(100);
  }
  throw new Error(`nothing listens at ${SIDES[side]}: ${readFileSync(join(dir, "out"), "utf8").slice(-500)}`);
}

function accepts(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: PORT });
    socket.once("data", () => {
      socket.end("QUIT\r\n");
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function ended(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  keeper.stdin?.end();
  await exit;
}
