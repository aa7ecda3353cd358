/**
 * TLS as nodes and go-betweens speak it: version 1.3, certificates that say nothing but their key, and each side
 * compares that key with the one it was told. No authority, no host name and no date is asked. A connection to anybody
 * else ends before a byte of a parcel is on it.
 */
import { constants, type X509Certificate } from "node:crypto";
import { Agent } from "node:https";
import type { Duplex } from "node:stream";
import { connect, type ConnectionOptions, type SecureContextOptions, type TLSSocket, type TlsOptions } from "node:tls";
import { ed25519Pkcs8, selfSignedCertificate, type Suite } from "../../crypto/index.ts";
import { type Bytes, equalBytes, toBase64 } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";

/** Hybrid first, so that what is recorded today stays shut to a quantum computer. */
const GROUPS = "X25519MLKEM768:X25519";
/** Without resumption every connection proves its key anew. */
const SETTINGS = {
  minVersion: "TLSv1.3",
  ecdhCurve: GROUPS,
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const satisfies SecureContextOptions;
const HANDSHAKE_MS = 5000;

export interface TlsIdentity {
  /** PEM */
  readonly key: string;
  /** PEM */
  readonly cert: string;
}

export function tlsIdentity(suite: Suite, seed: Bytes): TlsIdentity {
  return {
    key: pem("PRIVATE KEY", ed25519Pkcs8(seed)),
    cert: pem("CERTIFICATE", selfSignedCertificate(suite, seed)),
  };
}

function pem(label: string, der: Bytes): string {
  const lines = toBase64(der).match(/.{1,64}/g) as string[];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** The Ed25519 key that the other side has just proven to hold; null where it showed another sort, or none. */
export function keyOf(socket: TLSSocket): Bytes | null {
  const certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  try {
    const { publicKey } = certificate;
    if (publicKey.asymmetricKeyType !== "ed25519") return null;
    return new Uint8Array(publicKey.export({ format: "raw-public" }));
  } catch {
    return null;
  }
}

/** For a server whose clients show their key as well: it looks at `keyOf` and at nothing else. */
export function mutualTls(identity: TlsIdentity): TlsOptions {
  return { ...identity, ...SETTINGS, requestCert: true, rejectUnauthorized: false, handshakeTimeout: HANDSHAKE_MS };
}

/** For a server that goes over to another key. */
export function secureContext(identity: TlsIdentity): SecureContextOptions {
  return { ...identity, ...SETTINGS };
}

/** For a server that anyone may speak to. */
export function oneSidedTls(identity: TlsIdentity): TlsOptions {
  return { ...identity, ...SETTINGS, handshakeTimeout: HANDSHAKE_MS };
}

/** Keeps connections to whoever holds one of `pinned`, and to nobody else. Shows `own`, where that is given. */
export class PinnedAgent extends Agent {
  readonly #pinned: readonly Bytes[];
  readonly #own: TlsIdentity | null;

  constructor(pinned: readonly Bytes[], own: TlsIdentity | null) {
    super({ keepAlive: true, maxSockets: 8, maxFreeSockets: 2 });
    this.#pinned = pinned;
    this.#own = own;
  }

  override createConnection(
    options: ConnectionOptions,
    done: (error: Error | null, socket?: Duplex) => void,
  ): Duplex | null {
    const socket = connect({
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.port === undefined ? {} : { port: options.port }),
      ...this.#own,
      ...SETTINGS,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ALPNProtocols: ["http/1.1"],
    });
    const fail = (error: Error): void => {
      clearTimeout(late);
      socket.destroy();
      done(error);
    };
    const late = setTimeout(() => fail(timedOut()), HANDSHAKE_MS);
    socket.once("error", fail);
    socket.once("secureConnect", () => {
      const key = keyOf(socket);
      if (key === null || !this.#pinned.some((each) => equalBytes(key, each))) return fail(otherKey());
      clearTimeout(late);
      socket.off("error", fail);
      socket.setNoDelay(true);
      done(null, socket);
    });
    return null;
  }
}

function otherKey() {
  return serverError("peer-other-key", "Whoever answers there holds another TLS key than the roster names.");
}

function timedOut(): Error {
  return Object.assign(new Error("no TLS handshake in time"), { code: "ETIMEDOUT" });
}
