/** Lets others have their turn: whatever else the node has to do is done before this resolves. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
