import type { Bytes } from "../../wire/bytes.ts";
import { isLoopback } from "../config.ts";
import { isParleyError } from "../../wire/error.ts";
import { parsePartyId, type PartyId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import { transfer } from "../exchange/ways.ts";
import { nextTurn } from "../turn.ts";

export function carrierRoutes(node: Node): HandlersOf<"exchange" | "health"> {
  return {
    exchange: ({ body }) => {
      // Whoever reaches this door from another machine uses the line's own.
      if (!isLoopback(node.config.listen)) {
        throw serverError("line-door-plain", "Parcels are not taken in the clear from other machines.");
      }
      // Whoever knows an https address proves his key there: what comes in the clear then shows nobody's call.
      return answerParcel(node, body, isCalledInTheClear(node) ? "unproven" : []);
    },
    health: () => "ok\n",
  };
}

function isCalledInTheClear({ state }: Node): boolean {
  return state.roster(state.self).address?.startsWith("http:") === true;
}

/** What is longer holds entries of a backlog. */
const SHORT_BYTES = 65_536;

/** Who holds the TLS key that the caller proved; in the clear nobody proves one. */
type Callers = readonly PartyId[] | "unproven";

/**
 * A parcel that came by a direct exchange, and the answer to it. Anybody may bring a parcel that he recorded, and it is
 * taken; but it shows that its sender calls, and is given the answer, only where that party itself proved its key.
 */
export async function answerParcel(node: Node, body: Bytes, callers: Callers): Promise<Bytes> {
  const { exchange, peers, events, now } = node;
  // An alert is short, and may have come meanwhile: it is not behind a parcel that takes its time.
  if (body.length > SHORT_BYTES) await nextTurn();
  let taken;
  try {
    taken = exchange.take(body, "direct");
  } catch (error) {
    // A copy of that party's old node, or a thief with it: it hears that it was replaced, and locks itself.
    const farewell = isParleyError(error, "parcel-closed")
      ? exchange.farewell(parsePartyId(String(error.detail["from"])))
      : null;
    if (farewell === null) throw error;
    return farewell;
  }
  const { from, ask: answer } = taken;
  if (taken.repeated) return exchange.next(from, null, { answer }).sealed;
  const isBrought = callers !== "unproven" && !callers.includes(from);
  if (!isBrought) peers.heard(taken, "direct");
  // The exchange that runs beside it moves the logs.
  if (taken.ahead) return exchange.next(from, taken.have, { answer, ahead: [] }).sealed;
  if (isBrought) return exchange.next(from, taken.have, { answer, isShort: true }).sealed;
  // Who has more to send is not kept waiting.
  if (taken.stored > 0 && !taken.more) await node.taken(from);
  // Asked in return: who only calls, and is never called, is known to be there by its next parcel.
  const { sealed, sent } = exchange.next(from, taken.have, { answer, asks: true, isShort: true });
  // In the clear it may be an old one that somebody else brings, unless it answers what this node has asked.
  if (callers !== "unproven" || taken.answers) {
    exchange.markSent(from, sent, "direct");
    peers.sent(from, "direct");
  }
  const transfers = { sent: transfer(sealed), received: transfer(body) };
  events.emit({ type: "exchange", at: now(), party: from, carrier: "direct", fault: null, ...transfers });
  return sealed;
}
