/**
 * Crypto: the suite's interface, labelled hashes and signatures, sealing, key files. The two suites themselves are
 * imported by name, `./native.ts` on Node and `./noble.ts` in browsers, so that neither drags in the other.
 */
export { checkWords } from "./check-words.ts";
export {
  COSE_BYTES,
  coseOf,
  coseSignerOf,
  coseToSign,
  SIGNATURE_LABELS,
  signCose,
  signCoseWithSeed,
  type SignatureLabel,
  verifyCose,
} from "./cose.ts";
export { isHonestKey } from "./ed25519-key.ts";
export { hash, keyFingerprint, u64 } from "./hash.ts";
export { recent } from "./recent.ts";
export { hkdfExpand, hkdfExtract, hpkeOpen, hpkeSeal, hpkeSealAfter, isSealable } from "./hpke.ts";
export { openKeyFile, parseKeyFile, sealKeyFile } from "./key-file.ts";
export * from "./suite.ts";
export { ed25519Pkcs8, selfSignedCertificate } from "./x509.ts";
