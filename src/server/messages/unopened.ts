/** What cannot be opened stays visible: why, which side must act, and the one thing to do. */
import type { PartyId } from "../../wire/id.ts";

interface Words {
  readonly message: string;
  readonly side: PartyId;
  readonly next: string;
}

const UNOPENABLE = ["It does not open.", "Tell the author; the next step is theirs."] as const;
const SAYS: Readonly<Record<string, readonly [message: string, next: string]>> = {
  "no-share": [
    "It was not sealed to this party's key.",
    "Ask the author to say it again; its roster of this party may be old.",
  ],
  "share-altered": [
    "Its key share is not the one that the log names.",
    "Tell the author: its node must send the entry again.",
  ],
  commitment: [
    "It opens under another key than the log commits to.",
    "Keep it, and tell every party: the author's node is wrong.",
  ],
  content: ["What is inside is nothing that Parley knows.", "Tell the author; the next step is theirs."],
  "newer-version": ["It was written by a newer version of Parley.", "Install a newer version of Parley on this node."],
};

export function unopenedWords(code: string, author: PartyId): Words {
  const [message, next] = SAYS[code] ?? UNOPENABLE;
  return { message, side: author, next };
}
