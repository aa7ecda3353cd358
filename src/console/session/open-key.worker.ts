import { isParleyError } from "../../wire/error.ts";
import type { OpenAnswer, OpenRequest } from "./key.ts";
import { openKey } from "./open-key.ts";

self.addEventListener("message", ({ data }: MessageEvent<OpenRequest>) => {
  void answerTo(data).then((answer) => self.postMessage(answer, { transfer: [] }));
});

async function answerTo({ text, passphrase }: OpenRequest): Promise<OpenAnswer> {
  try {
    return { opened: await openKey(text, passphrase) };
  } catch (error) {
    if (!isParleyError(error)) return { failed: String(error) };
    const { code, message, exit, http, next } = error;
    return { refused: { code, message, entry: { exit, http, next } } };
  }
}
