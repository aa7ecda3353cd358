/**
 * Rows of the real lists that importing doubts and that were looked at by hand, once: those that are rightly doubted,
 * and why. A row that is not here counts as wrongly doubted.
 */
export const LOOKED_AT: Readonly<Record<string, string>> = {};
