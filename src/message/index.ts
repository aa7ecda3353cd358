/** The kinds: body, answers, signing, sealing, opening; and the phrasebook that renders them. */
export { type Body, type BodyOf, bodySchema, parseBody } from "./bodies.ts";
export {
  type AnswerCode,
  CODES,
  type Code,
  type CodeList,
  CONTENT_KINDS,
  type ContentKind,
  type Kind,
  KINDS,
  REPLY_KINDS,
  type ReplyKind,
} from "./codes.ts";
export type { OpenEntry, PartySignature } from "./content.ts";
export {
  checkShares,
  type Core,
  decodeCore,
  decodeEntry,
  encodeEntry,
  type Entry,
  type EntryPlace,
  MAX_ENTRY_BYTES,
  sealingKid,
  type Share,
  shareHash,
} from "./entry.ts";
export { MESSAGE_ERRORS } from "./errors.ts";
export type { FieldLine } from "./compose.ts";
export type { Line } from "./field.ts";
export {
  decodeMessage,
  encodeMessage,
  type Head,
  MAX_MESSAGE_BYTES,
  type Message,
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
  type NoticeCode,
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
  READ_BACK_TOLERANCE,
  type ReadBackBody,
  type ReadBackDifference,
  type ReadBackEntry,
  type ReadBackField,
  readBackOf,
} from "./readback.ts";
export { agedNotice, bodyLines, labelOf, phraseOf, render, type Rendered, type RenderLanguage } from "./render.ts";
export {
  allowedAnswers,
  ALWAYS_ALLOWED,
  type AnswerFault,
  answerFault,
  type Deadlines,
  dueAt,
  isContentKind,
  KIND_RULES,
  type KindRule,
  type LoggedAnswer,
  officersToRelease,
  stanceStandingOf,
  type Standing,
  standingOf,
} from "./rules.ts";
export {
  contentKeyOf,
  type EntryOpener,
  openEntry,
  openOwnEntry,
  openWithContentKey,
  sealEntry,
  type SealOptions,
} from "./seal.ts";
export {
  type Drafted,
  type Released,
  type SignedMessage,
  signDrafted,
  signReleased,
  type ToBeSigned,
  toBeSigned,
  toBeSignedFrom,
  type Verified,
  verifySigned,
  withDrafted,
  withReleased,
} from "./sign.ts";
export { isolated, LANGUAGE_TAG, ONE_LINE, saidText, WORDS } from "./text.ts";
export { volumesOf } from "./volumes.ts";
