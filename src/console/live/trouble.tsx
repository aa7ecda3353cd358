/**
 * What keeps the officer from being heard, in a row of its own under every page: that this page's node does not answer,
 * or that the node may say nothing now. Whoever writes a STOP must know it before the release is refused.
 */
import { useSyncExternalStore } from "react";
import type { Status } from "../../api/index.ts";
import { href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { FaultWords } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";

export function Trouble({ status }: { readonly status: Status | null }) {
  const { feed } = useDesk();
  const state = useSyncExternalStore(feed.onState, feed.state);
  if (state === "lost") return <Lost />;
  const silenced = status?.silenced ?? null;
  return silenced === null ? null : <Silenced because={silenced} />;
}

/** Said within two seconds of losing the node; gone again by itself. */
function Lost() {
  const { t } = useWords();
  return (
    <div className="trouble" role="alert">
      <strong>{t("frame.node-lost")}</strong> {t("frame.node-lost-more")}
    </div>
  );
}

function Silenced({ because }: { readonly because: NonNullable<Status["silenced"]> }) {
  const { t } = useWords();
  return (
    <div className="trouble" role="alert">
      <strong>{t("frame.says-nothing")}</strong> <FaultWords fault={because} />{" "}
      <a href={href({ page: "line" })}>{t("frame.line")}</a>
    </div>
  );
}
