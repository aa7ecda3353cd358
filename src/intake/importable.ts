/** The kinds that a file can be brought in as. */
export const IMPORTABLE_KINDS = ["site", "activity", "report", "movement", "alert"] as const;
export type ImportableKind = (typeof IMPORTABLE_KINDS)[number];
