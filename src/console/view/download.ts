import type { Bytes } from "../../wire/bytes.ts";

/** Hands bytes to the officer as a file. */
export function saveFile(name: string, bytes: Bytes): void {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
