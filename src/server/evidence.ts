import type { MessageHash } from "../wire/id.ts";
import type { Node } from "./node.ts";
export function evidenceOf(_node: Node, _hash: MessageHash): Uint8Array {
  return new Uint8Array(0);
}
export function evidenceOfPeriod(_node: Node, _from: number | null, _to: number | null): Uint8Array {
  return new Uint8Array(0);
}
