/** Lets others have their turn: whatever else the node has to do is done before this resolves. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Long work holds the node for so long at a time. */
const HOLDS_MS = 10;

/**
 * For work in many small pieces, which asks after each: others have their turn whenever it has held the node for long
 * enough, and not more often, for what others do meanwhile may take longer than a piece.
 */
export function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < HOLDS_MS) return;
    await nextTurn();
    since = performance.now();
  };
}
