import { lazy } from "react";

/** Reading files takes parsers that no other page needs: they are loaded when a file is brought. */
export const BringPage = lazy(async () => ({ default: (await import("./bring.tsx")).BringPage }));
