/** As much of an SMTP client (RFC 5321, with DSN of RFC 3461) as is needed to hand over a message and ask for a notice. */
import { connect } from "node:net";

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly body: string;
  /** Whether the last server is asked to say that it delivered it. */
  readonly notice: boolean;
}

export interface SmtpClient {
  /** Resolves when the server has taken it into its queue, which it syncs. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

export async function smtpClient(host: string, port: number): Promise<SmtpClient> {
  const socket = connect({ host, port });
  socket.setNoDelay(true);
  socket.setEncoding("utf8");
  let text = "";
  let turn: Promise<unknown> = Promise.resolve();
  let reply: { resolve: (text: string) => void; reject: (error: Error) => void } | null = null;
  const look = (): void => {
    const end = /^\d{3} [^\n]*\n/m.exec(text);
    if (end === null || reply === null) return;
    const whole = text.slice(0, end.index + end[0].length);
    text = text.slice(whole.length);
    const { resolve } = reply;
    reply = null;
    resolve(whole);
  };
  socket.on("data", (piece: string) => {
    text += piece;
    look();
  });
  socket.on("error", (error) => reply?.reject(error));
  const ask = async (line: string | null, code: string): Promise<void> => {
    const answered = new Promise<string>((resolve, reject) => (reply = { resolve, reject }));
    if (line !== null) socket.write(line);
    look();
    const answer = await answered;
    if (!answer.split("\n").at(-2)?.startsWith(code)) throw new Error(`${line?.slice(0, 60)}: ${answer.trim()}`);
  };
  const one = async ({ from, to, id, body, notice }: Mail): Promise<void> => {
    await ask(`MAIL FROM:<${from}>${notice ? " RET=HDRS" : ""}\r\n`, "250");
    await ask(`RCPT TO:<${to}>${notice ? " NOTIFY=SUCCESS,FAILURE" : " NOTIFY=NEVER"}\r\n`, "250");
    await ask("DATA\r\n", "354");
    const head = `From: <${from}>\r\nTo: <${to}>\r\nMessage-Id: <${id}>\r\nSubject: ${id}\r\n\r\n`;
    await ask(`${head}${body.replaceAll(/\r?\n/g, "\r\n").replaceAll(/^\./gm, "..")}\r\n.\r\n`, "250");
  };
  await ask(null, "220");
  await ask("EHLO bench\r\n", "250");
  return {
    send: (mail) => {
      const sent = turn.then(() => one(mail));
      turn = sent.catch(() => undefined);
      return sent;
    },
    close: () => socket.end("QUIT\r\n"),
  };
}
