/** Release: who may, how precisely, and what the others would newly learn. */
export { coarseFootprint, coarsen, finerThanFloor } from "./coarsen.ts";
export { type PublicStatement, stanceContradiction, type Told, whatTheyWouldLearn } from "./learn.ts";
export { releasePolicy, type ReleaseQuestion, type ReleaseTerms } from "./policy.ts";
