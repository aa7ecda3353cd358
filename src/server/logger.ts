/** Structured log lines to standard error: what happened, in codes, ids, sizes and times. Never content. */

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export function jsonLogger(party: string, write: (line: string) => void, now: () => number): Logger {
  const at =
    (level: string) =>
    (event: string, { party: concerned, ...fields }: LogFields = {}) => {
      // `party` is whose log this is, in every line; whom the event is about is another thing.
      const peer = concerned === undefined || concerned === party ? {} : { peer: concerned };
      write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, party, event, ...peer, ...fields })}\n`);
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
