/** Line: the terms between parties, who speaks for each, what moves between their nodes, and what proves it. */
export { accept } from "./exchange/accept.ts";
export {
  ALERT_STATES,
  alertClock,
  type AlertDeed,
  type AlertFacts,
  type AlertState,
  alertState,
  type AlertTerms,
} from "./alert.ts";
export { type Known, ladderFactsAsOf, type LadderHistory } from "./as-of.ts";
export {
  type Charter,
  charterHash,
  type CharterParty,
  decodeCharter,
  encodeCharter,
  lineIdOf,
  originOf,
  signCharter,
  type SignedCharter,
  type Terms,
  verifyCharterSignatures,
  verifySuccessor,
} from "./terms/charter.ts";
export {
  type Closing,
  CLOSING_CAUSES,
  type ClosingCause,
  closingHash,
  decodeClosing,
  signClosing,
  type SignedClosing,
  type VerifiedClosing,
  verifyClosing,
} from "./terms/closing.ts";
export { type SignedSuccession, successionsOf } from "./terms/succession.ts";
export {
  type Declaration,
  type Declared,
  decodeDeclaration,
  encodeDeclaration,
  type Place,
  REVOCATION_REASONS,
  type RevocationReason,
  signDeclaration,
  type SignedDeclaration,
} from "./terms/declaration.ts";
export {
  type Declarations,
  declare,
  hasLeftBefore,
  type CarriedStep,
  identitiesOf,
  identityAt,
  identityNow,
  isRevoked,
  type Leaving,
  leavingOf,
  type PlacedDeclaration,
} from "./terms/declared.ts";
export { codesOf, joinCodes } from "./codes.ts";
export {
  checkMessage,
  checkRead,
  type Counted,
  type MessageContext,
  readSigned,
  type Refused,
  type Target,
} from "./check-message.ts";
export { compose, type ComposeOptions, type LogReader } from "./exchange/compose.ts";

export {
  type EvidenceLog,
  type EvidencePlace,
  type EvidenceSource,
  messageEvidence,
  periodEvidence,
} from "./evidence/export.ts";
export { batchReader, type EvidenceBatch, type EvidenceSteps } from "./evidence/batch.ts";
export { evidenceReader, exportEvidence, writeEvidence } from "./evidence/file.ts";
export {
  decodeLooks,
  encodeLooks,
  type EntryRun,
  type Look,
  lookInto,
  type PackedRun,
  packRun,
  unpackRun,
} from "./evidence/look.ts";
export type { EvidenceRecord } from "./evidence/records.ts";
export type { EvidenceMessage, EvidenceReport } from "./evidence/report.ts";
export type { Pin } from "./evidence/state.ts";
export { evidenceJudge, type EvidenceJudge, evidenceVerifier, looksInto, verifyEvidence } from "./evidence/verify.ts";
export {
  decodeHandover,
  encodeHandover,
  type Handover,
  HANDOVER_GIVEN,
  HANDOVER_LIMITS,
  HANDOVER_TAKEN,
  type HandoverFacts,
  handoverId,
  verifyHandover,
} from "./handover.ts";
export { invite, join, parseInvitation, parseJoin } from "./terms/invitation.ts";
export { type LadderFacts, ladderOf, type Reply, RUNG_WORDS, RUNGS } from "./ladder.ts";
export {
  assembleLine,
  type Fingerprint,
  type LineFile,
  parseCharterSignature,
  parseLineFile,
  parseProposal,
  type Proposal,
  propose,
  signProposal,
} from "./terms/pairing.ts";
export { PAIRING_FILES, pairingFileType } from "./terms/pairing-file.ts";
export {
  ASK_BYTES,
  type Have,
  MAX_AHEAD,
  MAX_CLOSINGS,
  MAX_CLOSINGS_BEFORE,
  type NarrowOffer,
  type Parcel,
  type Receipt,
  type Segment,
} from "./parcel/parcel.ts";
export { type Feature, FEATURES, featuresIn } from "./parcel/features.ts";
export { parcelsIn, type ReadAt, readerOf } from "./parcel/file.ts";
export { MAX_SEALED_BYTES, openParcel, parcelMark, type ParcelReader, sealParcel } from "./parcel/seal.ts";
export {
  CHALLENGE_BYTES,
  collectSeed,
  decodeCollect,
  decodeCollected,
  decodeOpenMailbox,
  depositHash,
  encodeCollected,
  encodeOpenMailbox,
  formatGrant,
  GRANT_BYTES,
  MAX_COLLECTED_BYTES,
  MAX_MAILBOX_REQUEST,
  type OpenMailbox,
  parseGrant,
  signCollect,
} from "./parcel/mailbox.ts";
export {
  type CarrierName,
  CARRIERS,
  DEPOSIT_BYTES,
  isLoopbackAddress,
  type Mailbox,
  MAILBOX_ID_BYTES,
  type RosterCarriers,
} from "./terms/roster-carriers.ts";
export { type Enrolled, mayDraft, officersFault, type OfficersFault } from "./terms/release-rule.ts";
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
  type Role,
  ROLES,
  type Roster,
  rosterAt,
  rosterHash,
  type RosterHistory,
  type RosterOwner,
  rosterWithStanding,
  type SignedRoster,
  signRoster,
  startHistory,
  verifyRoster,
} from "./terms/roster.ts";
export { beginRestore, hearAfterRestore, isSettled, type Restore, type RestoreRound } from "./exchange/restore.ts";
export type { Effect } from "./exchange/effect.ts";
export { lineError } from "./errors.ts";
export { type Grave, GRAVES, type PairRule, repeatedPairs, RULE_TEXT, type Separation } from "./terms/separation.ts";
export {
  decodeSplitRecord,
  encodeSplitRecord,
  type SplitRecord,
  splitRecordHash,
  verifySplitRecord,
} from "./exchange/split.ts";
export {
  DATAGRAM_BYTES,
  doneDatagram,
  hintOf,
  narrowKey,
  type NarrowKeys,
  narrowKeys,
  readDatagram,
  shardBytes,
  weightOf,
} from "./narrow/datagram.ts";
export { bytesTooMany } from "./narrow/fits.ts";
export { outbox } from "./narrow/outbox.ts";
export { type Reassembly, reassembly } from "./narrow/reassembly.ts";
export {
  decodeSaid,
  encodeSaidEntry,
  encodeSaidProof,
  restoreEntry,
  type SaidEntry,
  type SaidProof,
  type ToSay,
} from "./narrow/said.ts";
export {
  ALERT_SET_BYTES,
  datagramAt,
  MAX_SAID_BYTES,
  type NarrowSet,
  openSet,
  sealSet,
  setBytes,
} from "./narrow/set.ts";
export {
  ACTIVE,
  type PartyStanding,
  reasonWords,
  type Suspended,
  SUSPENSION_REASONS,
  type SuspensionReason,
} from "./standing.ts";
export {
  haveByReceipts,
  haveSize,
  type HeldClosing,
  type HeldReceipt,
  type LineView,
  type LogView,
  newestReceipt,
  receiptsDue,
} from "./exchange/view.ts";
