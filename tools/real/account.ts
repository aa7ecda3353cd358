/** The account of what was released and what each recipient holds. */

export interface Account {
  /** Message times recipient: released, and held by that recipient nowhere. */
  readonly lost: number;
  /** Message times recipient: every copy beyond the first. */
  readonly duplicated: number;
  /** Held by a recipient and never released. */
  readonly strange: number;
}

/** `held` has, for each recipient, the hash of every message of the author that it holds, as often as it holds it. */
export function accountFor(released: readonly string[], held: ReadonlyMap<string, readonly string[]>): Account {
  const wanted = new Set(released);
  let [lost, duplicated, strange] = [0, released.length - wanted.size, 0];
  for (const hashes of held.values()) {
    const copies = new Map<string, number>();
    for (const hash of hashes) copies.set(hash, (copies.get(hash) ?? 0) + 1);
    for (const hash of wanted) lost += copies.has(hash) ? 0 : 1;
    for (const [hash, count] of copies) {
      duplicated += count - 1;
      strange += wanted.has(hash) ? 0 : 1;
    }
  }
  return { lost, duplicated, strange };
}

export interface Outcome {
  readonly rows: number;
  readonly refused: number;
  readonly warned: number;
  readonly released: number;
  readonly receipts: number;
  readonly opened: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly plans: number;
  readonly conflicts: number;
  readonly verified_entries: number;
  readonly canaries_found: number;
  readonly seconds: number;
}

/** Every reason why the run failed, as sentences; none where it did not. */
export function faultsOf(outcome: Outcome, recipients: number, others: readonly string[]): string[] {
  const { released, receipts, opened, lost, duplicated, canaries_found, verified_entries } = outcome;
  const due = released * recipients;
  return [
    ...(released === 0 ? ["Nothing was released."] : []),
    ...(receipts === due ? [] : [`${due - receipts} of ${due} receipts are missing.`]),
    ...(opened === due ? [] : [`${due - opened} of ${due} messages were not said to be opened.`]),
    ...(lost === 0 ? [] : [`${lost} messages were lost.`]),
    ...(duplicated === 0 ? [] : [`${duplicated} messages are held more than once.`]),
    ...(verified_entries > 0 ? [] : ["No entry was verified."]),
    ...(canaries_found === 0 ? [] : [`Plans leaked: ${canaries_found} canaries were found outside.`]),
    ...others,
  ];
}
