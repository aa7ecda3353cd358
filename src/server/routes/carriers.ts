import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";
import { transfer } from "../peers.ts";

export function carrierRoutes({ exchange, peers, events, now }: Node): HandlersOf<"exchange" | "health"> {
  return {
    exchange: ({ body }) => {
      const taken = exchange.take(body);
      if (taken.repeated) return exchange.next(taken.from, null).sealed;
      peers.heard(taken);
      const { sealed, sent } = exchange.next(taken.from, taken.have);
      exchange.markSent(taken.from, sent);
      events.emit({
        type: "exchange",
        at: now(),
        party: taken.from,
        fault: null,
        sent: transfer(sealed),
        received: transfer(body),
      });
      return sealed;
    },
    health: () => "ok\n",
  };
}
