/** What signed bytes say, in words: always made here from the bytes, never taken from a node. */
import { type Message, render } from "../message/index.ts";

export function renderMessage(message: Message): ReturnType<typeof render> {
  return render(message);
}
