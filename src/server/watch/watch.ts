/** What looks after the watch: alerts, what others owe, who is at the desk, and the siren. */
import { type AlertContext, type AlertDesk, alertDesk } from "./alerts.ts";
import type { NodeConfig } from "../config.ts";
import type { Notices } from "../messages/notices.ts";
import { overdue as openOverdue } from "./overdue.ts";
import { presence as openPresence, type Presence } from "./presence.ts";
import { siren as openSiren, type Siren } from "./siren.ts";

export interface Watch {
  readonly alerts: AlertDesk;
  readonly presence: Presence;
  readonly siren: Siren;
}

interface WatchContext extends Omit<AlertContext, "presence" | "siren" | "watch"> {
  readonly config: NodeConfig;
  readonly notices: Notices;
  readonly knowsItself: () => boolean;
}

export function openWatch(context: WatchContext) {
  const { events, logger, now, config } = context;
  const presence = openPresence({ events, now });
  const siren = openSiren({ config: config.watch.siren, logger, now });
  const alerts = alertDesk({ ...context, presence, siren, watch: config.watch });
  const overdue = openOverdue(context);
  return {
    alerts,
    presence,
    siren,
    startWatch: () => {
      overdue.start();
      alerts.start();
    },
    stopWatch: async () => {
      overdue.stop();
      await alerts.stop();
    },
  };
}
