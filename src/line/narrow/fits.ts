/** Whether an alert will fit the length that alerts have on a narrow link, before anybody has signed it. */
import { AES_TAG_BYTES, COSE_BYTES } from "../../crypto/index.ts";
import { encodeContent } from "../../message/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { encodeParts, ENC_BYTES } from "./said.ts";
import { ALERT_SAID_BYTES } from "./set.ts";

/** Its place is not known yet: a log that is as long as any will be. */
const LATE = 2 ** 32 - 1;
const zeros = (length: number): Bytes => new Uint8Array(length);

export interface ToFit {
  /** The bytes to be signed. */
  readonly bytes: Bytes;
  readonly officers: 1 | 2;
  /** All of the line's. */
  readonly parties: number;
}

/** By how many bytes it is too long; 0 or less where it fits. By some bytes on the safe side. */
export function bytesTooMany({ bytes, officers, parties }: ToFit): number {
  const released = zeros(COSE_BYTES);
  const message = { bytes, drafted: officers === 2 ? released : null, released };
  const content = encodeContent({ type: "message", message });
  const said = encodeParts(
    {
      generation: 0,
      index: LATE,
      commit: zeros(32),
      own: zeros(60),
      share: { kid: zeros(8), enc: zeros(ENC_BYTES), ct: zeros(48) },
      box: zeros(content.length + AES_TAG_BYTES),
    },
    Array.from({ length: Math.max(0, parties - 2) }, () => ({ kid: zeros(8), hash: zeros(32) })),
  );
  return said.length - ALERT_SAID_BYTES;
}
