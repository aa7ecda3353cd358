/** What intake takes at most. Size caps come before anything is parsed. */
export const LIMITS = {
  /** Bytes of a file. */
  file_bytes: 32 * 1024 * 1024,
  /** Rows or features. */
  rows: 50_000,
  columns: 500,
  /** Characters of one field. */
  field: 8000,
  /** Positions of one geometry. */
  positions: 5000,
} as const;
