/** The kinds: body, answers, signing, sealing, opening; and the phrasebook that renders them. */
export { type Body, type BodyOf, bodySchema, decodeBody, encodeBody, parseBody, parsePartOfBody } from "./bodies.ts";
export { type AnswerCode, CODES, type CodeList, CONTENT_KINDS, type ContentKind, type Kind, KINDS } from "./codes.ts";
export { decodeContent, encodeContent, type OpenEntry, type PartySignature } from "./content.ts";
export { differencesBetween } from "./differences.ts";
export {
  checkShares,
  decodeCore,
  decodeEntry,
  encodeCore,
  encodeEntry,
  type Entry,
  type EntryPlace,
  MAX_ENTRY_BYTES,
  sealingKid,
  type Share,
  shareHash,
} from "./entry.ts";
export type { FieldLine } from "./compose.ts";
export {
  decodeMessage,
  encodeMessage,
  type Head,
  type Message,
  messageDigest,
  type MessageEnvelope,
  messageHash,
  type MessageOf,
  type Relation,
  relationOf,
} from "./message.ts";
export {
  decodeNotice,
  encodeNotice,
  type Notice,
  NOTICE_CODES,
  type NoticeItem,
  REFUSED_WHY,
  type RefusedWhy,
  type SignedNotice,
  signNotice,
  UNOPENED_WHY,
  type UnopenedWhy,
  verifyNotice,
} from "./notice.ts";
export { BUCKETS } from "./padding.ts";
export {
  compareReadBack,
  compareReKeyed,
  draftedPosition,
  judgeReadBack,
  movedBetween,
  type ReadBackBody,
  type ReadBackEntry,
  type ReadBackField,
  readBackOf,
  reKeyedOf,
} from "./readback.ts";
export { comparePositions, positionsInPieces } from "./rekey.ts";
export type { Phrasebook } from "./phrases/phrasebook.ts";
export { agedNotice, bodyLines, labelOf, phraseOf, render, type Rendered } from "./render.ts";
export {
  allowedAnswers,
  ALWAYS_ALLOWED,
  answerFault,
  coversMember,
  dueAfter,
  dueAt,
  isContentKind,
  isToList,
  KIND_RULES,
  type LoggedAnswer,
  officersToRelease,
  stanceStandingOf,
  type Standing,
  standingOf,
} from "./rules.ts";
export {
  contentKeyIn,
  contentKeyOf,
  type EntryOpener,
  openEntry,
  openOwnEntry,
  openWithContentKey,
  sealEntry,
} from "./seal.ts";
export { restoreBox, shortenBox } from "./short-box.ts";
export {
  type Drafted,
  type Released,
  type Signatures,
  type SignedMessage,
  signDrafted,
  signReleased,
  type ToBeSigned,
  toBeSigned,
  toBeSignedFrom,
  type Verified,
  verifySignatures,
  verifySigned,
  withDrafted,
  withReleased,
} from "./sign.ts";
export { searchWords, wordsOf } from "./search-words.ts";
export { LANGUAGE_TAG, ONE_LINE, saidText, WORDS } from "./text.ts";
export { claimsPlaces, volumesOf } from "./volumes.ts";
