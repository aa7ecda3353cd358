export const KINDS = [
  "activity", "site", "movement", "presence", "stance", "assessment", "report", "warning", "query", "alert", "call",
  "text", "answer", "read", "readback", "withdrawal", "countersignature",
] as const;
