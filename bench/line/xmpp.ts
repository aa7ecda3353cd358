/** As much of an XMPP client (RFC 6120, RFC 6121) as two officers need to send each other messages and receipts. */
import { connect, type Socket } from "node:net";

export interface XmppLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface XmppClient {
  send(stanza: string): void;
  close(): void;
}

/** Signs in and becomes available; after that `onMessage` gets every `<message>` whole. */
export async function xmppClient(login: XmppLogin, onMessage: (stanza: string) => void): Promise<XmppClient> {
  const { host, port, user, password } = login;
  const socket = connect({ host, port });
  // Else each small stanza waits for the acknowledgement of the one before (Nagle), and the comparison is unfair.
  socket.setNoDelay(true);
  socket.setEncoding("utf8");
  const reader = textReader(socket);
  const open = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='${host}' version='1.0'>`;
  const sasl = Buffer.from(`\0${user}\0${password}`).toString("base64");
  socket.write(open);
  await reader.past("</stream:features>");
  socket.write(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${sasl}</auth>`);
  await reader.past("<success");
  socket.write(open);
  await reader.past("</stream:features>");
  socket.write("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  await reader.past("</iq>");
  socket.write("<presence/>");
  await reader.past("<presence");
  reader.each(onMessage);
  return { send: (stanza) => void socket.write(stanza), close: () => socket.end("</stream:stream>") };
}

const END = "</message>";

const nothing = (): void => undefined;

function textReader(socket: Socket) {
  let text = "";
  let take: () => void = nothing;
  let fail: (error: Error) => void = nothing;
  socket.on("data", (piece: string) => {
    text += piece;
    take();
  });
  socket.on("error", (error) => fail(error));
  socket.on("close", () => fail(new Error(`the connection ended: ${text.slice(-300)}`)));
  return {
    past: (mark: string) =>
      new Promise<void>((resolve, reject) => {
        fail = reject;
        take = () => {
          const at = text.indexOf(mark);
          if (at < 0) return;
          text = text.slice(at + mark.length);
          take = nothing;
          resolve();
        };
        take();
      }),
    each: (onMessage: (stanza: string) => void) => {
      take = () => {
        for (let end = text.indexOf(END); end >= 0; end = text.indexOf(END)) {
          const begin = text.indexOf("<message");
          const stanza = text.slice(begin, end + END.length);
          text = text.slice(end + END.length);
          if (begin >= 0 && begin < end) onMessage(stanza);
        }
      };
      take();
    },
  };
}
