/**
 * What reaches a terminal came from a peer, a file or a node: whatever could move the cursor, end a line early, hide text
 * or turn its direction beyond its own end is shown by its number, in the form that JSON reads back as the character. A
 * line feed is the program's own.
 */

// oxlint-disable-next-line no-control-regex -- control characters are what is shown by their numbers
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufff9-\ufffb]/g;

export function safeForTerminal(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
