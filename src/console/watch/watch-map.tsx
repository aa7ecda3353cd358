/** The place of the map on the Watch page. The map itself is loaded when the page is usable, and only where there is room. */
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { href } from "../route.ts";
import { Panel } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";

const SmallMap = lazy(async () => ({ default: (await import("./small-map.tsx")).SmallMap }));

/** On a telephone the map is a page of its own. */
const ROOM = "(min-width: 861px)";

/** `isReady`: what needs somebody stands on the screen. */
export function WatchMap({ isReady }: { readonly isReady: boolean }) {
  const { t } = useWords();
  const isRested = useRested(isReady);
  const hasRoom = useSyncExternalStore(onRoom, () => window.matchMedia(ROOM).matches);
  if (!hasRoom) return null;
  return (
    <Panel title={t("frame.map")} aside={<a href={href({ page: "map" })}>{t("common.open")}</a>}>
      <div className="small-map map-canvas">
        <Suspense>{isRested ? <SmallMap /> : null}</Suspense>
      </div>
    </Panel>
  );
}

function onRoom(changed: () => void): () => void {
  const asked = window.matchMedia(ROOM);
  asked.addEventListener("change", changed);
  return () => asked.removeEventListener("change", changed);
}

const PATIENCE_MS = 3000;

/** True once the page has nothing else to do after it was ready. */
function useRested(isReady: boolean): boolean {
  const [isRested, setRested] = useState(false);
  useEffect(() => {
    if (!isReady) return;
    const asked = window.requestIdleCallback(() => setRested(true), { timeout: PATIENCE_MS });
    return () => window.cancelIdleCallback(asked);
  }, [isReady]);
  return isRested;
}
