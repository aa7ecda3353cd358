/** Release: who may, how precisely, and what the others would newly learn. */
export { coarseFootprint, coarsen, finerThanFloor } from "./coarsen.ts";
export {
  type Contradiction,
  type Learned,
  type PublicStatement,
  stanceContradiction,
  type Told,
  whatTheyWouldLearn,
} from "./learn.ts";
export {
  type Enrolled,
  RELEASE_FAULTS,
  type ReleaseFault,
  releasePolicy,
  type ReleaseQuestion,
  type ReleaseTerms,
  type ReleaseVerdict,
} from "./policy.ts";
