/** Log: the append-only record of a party, in C2SP's formats, and what proves things about it. */
export { type Checkpoint, checkpointBody, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
export { cosign, findCosignature, receiptKeyName, verifyCosignature } from "./cosignature.ts";
export { logError } from "./errors.ts";
export {
  appendLeaf,
  emptyFrontier,
  type Frontier,
  frontierFrom,
  type HashReader,
  leafHash,
  nodeHash,
  rootFromLeaves,
  type RootHash,
  rootOf,
  type SubtreeHash,
} from "./merkle.ts";
export { formatVkey, type NoteKey, parseNote, parseVkey } from "./note.ts";
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from "./proof.ts";
export { formatPolicy, meetsQuorum, parsePolicy, type Policy } from "./policy.ts";
export {
  entryBundle,
  hasTile,
  parseEntryBundle,
  parseTilePath,
  type Tile,
  TILE_WIDTH,
  tileBytes,
  tilePath,
} from "./tiles.ts";
export { formatProof, parseProof, verifyProof } from "./tlog-proof.ts";
export { decideAddCheckpoint, type WitnessDecision, type WitnessMemory } from "./witness/decide.ts";
export { cosignatureFrom, sizeFrom, type WitnessReply, witnessReply } from "./witness/reply.ts";
export { formatAddCheckpoint, MAX_ADD_CHECKPOINT_BYTES, parseAddCheckpoint } from "./witness/request.ts";
