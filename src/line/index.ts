/** Line: the terms between parties, who speaks for each, what moves between their nodes, and what proves it. */
export { accept, type Effect, leafOf, type UnverifiedCode } from "./accept.ts";
export {
  type Charter,
  charterHash,
  type CharterParty,
  decodeCharter,
  encodeCharter,
  lineIdOf,
  MAX_PARTIES,
  originOf,
  signCharter,
  type SignedCharter,
  type Terms,
  verifyCharterSignatures,
  verifySuccessor,
} from "./charter.ts";
export {
  checkMessage,
  type Counted,
  mayDraft,
  mayRelease,
  type MessageContext,
  type PlacedMessage,
  type Refused,
  type Target,
} from "./check-message.ts";
export { compose, type ComposeOptions, type LogReader, MAX_SEGMENT_BYTES } from "./compose.ts";
export { LINE_ERRORS, lineError, type LineErrorCode } from "./errors.ts";
export {
  type EvidenceLog,
  type EvidencePlace,
  type EvidenceSource,
  messageEvidence,
  periodEvidence,
} from "./evidence-export.ts";
export { evidenceReader, type EvidenceReader, exportEvidence, writeEvidence } from "./evidence-file.ts";
export type { EvidenceRecord } from "./evidence-records.ts";
export type {
  EvidenceFault,
  EvidenceLogReport,
  EvidenceMessage,
  EvidenceParty,
  EvidenceReply,
  EvidenceReport,
  EvidenceSigner,
  FoundReceipt,
} from "./evidence-report.ts";
export type { Pin } from "./evidence-state.ts";
export { type EvidenceVerifier, evidenceVerifier, verifyEvidence, type VerifyOptions } from "./evidence-verify.ts";
export { type Invitation, invite, type Join, join, parseInvitation, parseJoin, type PartyName } from "./invitation.ts";
export {
  type Beside,
  type Ladder,
  type LadderFacts,
  ladderOf,
  type Reply,
  type Rung,
  RUNG_WORDS,
  type RungName,
  RUNGS,
} from "./ladder.ts";
export {
  assembleLine,
  type CharterSignature,
  type Fingerprint,
  fingerprintsOf,
  type LineFile,
  parseCharterSignature,
  parseLineFile,
  parseProposal,
  type PartyRoster,
  type Proposal,
  propose,
  type ProposeInput,
  signProposal,
} from "./pairing.ts";
export { PAIRING_FILES, type PairingFileType, pairingFileType } from "./pairing-file.ts";
export { type Have, MAX_PARCEL_BYTES, MAX_PARCEL_ENTRIES, type Parcel, type Receipt, type Segment } from "./parcel.ts";
export { MAX_SEALED_BYTES, type OpenedParcel, openParcel, type ParcelReader, sealParcel } from "./parcel-seal.ts";
export {
  type Appointments,
  beginHistory,
  CHARTER_INDEX,
  decodeRoster,
  encodeRoster,
  extendHistory,
  FOUNDING_ROSTER_INDEX,
  foundingRoster,
  logKeyFor,
  newest,
  nextRoster,
  type NodeKeys,
  type Officer,
  officerByKey,
  type Role,
  ROLES,
  type Roster,
  rosterAt,
  type RosterEntry,
  rosterHash,
  type RosterHistory,
  type RosterOwner,
  type SignedRoster,
  signRoster,
  type Unit,
  verifyRoster,
} from "./roster.ts";
export { decodeSplitRecord, encodeSplitRecord, type SplitRecord, splitRecordHash, verifySplitRecord } from "./split.ts";
export {
  haveByReceipts,
  haveOf,
  type HeldReceipt,
  type LineView,
  type LogView,
  newestReceipt,
  receiptsDue,
} from "./view.ts";
