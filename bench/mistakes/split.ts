/**
 * Which rows thresholds may be chosen on and which they are measured on, fixed by a hash of the row's own number: no site,
 * event or airspace is in both parts, whatever the list.
 */
export type Part = "tune" | "measure";

/** FNV-1a, with a last scatter so that near keys part. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** One key in three is for tuning. */
export function partOf(key: string): Part {
  return hashOf(key) % 3 === 0 ? "tune" : "measure";
}
