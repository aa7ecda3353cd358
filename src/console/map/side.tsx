/** The list beside the map: it says the same as the map, for those who do not see it and for those who want it in words. */
import { memo, useState } from "react";
import type { Conflict, MapCell, MapReply, MapShape } from "../../api/index.ts";
import { formatCoordinate, type GeoBox, type Position } from "../../geo/index.ts";
import { go } from "../route.ts";
import { useParties, usePartyPlace } from "../session/status.ts";
import { metres } from "../view/conflicts.tsx";
import { Button, Words } from "../view/pieces.tsx";
import { Say, useWords } from "../words/say.tsx";

interface SideProps {
  readonly reply: MapReply;
  readonly goTo: (at: Position) => void;
  readonly lookAt: (box: GeoBox) => void;
}

const SHOWN_AT_ONCE = 100;

/** Drawn anew where the node has said something else, not while the map moves. */
export const MapLists = memo(Lists);

function Lists({ reply, goTo, lookAt }: SideProps) {
  const { t } = useWords();
  const counted = reply.cells.reduce((sum, cell) => sum + cell.told + cell.private, 0);
  const [first, told] = [firstOf(reply.shapes), (shape: MapShape) => shape.type === "message"];
  return (
    <>
      <output className="fine">
        {t("map.in-view", { count: reply.total })} {counted === 0 ? null : t("map.counted", { count: counted })}
      </output>
      <ConflictSection reply={reply} goTo={goTo} />
      <Shapes of="private" shapes={first.filter((shape) => !told(shape))} goTo={goTo} />
      <Shapes of="told" shapes={first.filter(told)} goTo={goTo} />
      <Cells cells={reply.cells} lookAt={lookAt} />
    </>
  );
}

/** Each thing once, however many volumes it has. */
function firstOf(shapes: readonly MapShape[]): readonly MapShape[] {
  const seen = new Set<string>();
  return shapes.filter(({ type, id }) => {
    const key = `${type} ${id}`;
    return !seen.has(key) && seen.add(key);
  });
}

function useMore<Item>(items: readonly Item[]): { shown: readonly Item[]; rest: number; more: () => void } {
  const [most, setMost] = useState(SHOWN_AT_ONCE);
  return { shown: items.slice(0, most), rest: Math.max(0, items.length - most), more: () => setMost((n) => n + 200) };
}

function More({ rest, more }: { readonly rest: number; readonly more: () => void }) {
  const { t } = useWords();
  return rest === 0 ? null : <Button onPress={more}>{t("common.show-more", { count: rest })}</Button>;
}

function ConflictSection({ reply, goTo }: Pick<SideProps, "reply" | "goTo">) {
  const { t } = useWords();
  const { shown, rest, more } = useMore(reply.conflicts);
  if (reply.conflicts.length === 0) return null;
  return (
    <section>
      <h2>{t("map.too-close")}</h2>
      <ul className="map-list">
        {shown.map((conflict, i) => (
          <ConflictRow key={i} conflict={conflict} goTo={goTo} />
        ))}
      </ul>
      <More rest={rest} more={more} />
      {reply.conflicts_left_out === 0 ? null : (
        <p className="fine">{t("map.conflicts-left-out", { count: reply.conflicts_left_out })}</p>
      )}
    </section>
  );
}

function ConflictRow({ conflict, goTo }: { readonly conflict: Conflict; readonly goTo: SideProps["goTo"] }) {
  const { t } = useWords();
  const { own, against, distance_m, closest } = conflict;
  return (
    <li>
      <button type="button" onClick={() => closest !== null && goTo(closest[0])}>
        <span className="swatch conflict" aria-hidden="true" />
        <span>
          {distance_m === null ? t("map.undecided") : t("map.apart", { distance: metres(t, distance_m) })}
          <br />
          <span className="fine">
            <bdi>{own.name}</bdi>
            <br />
            <bdi>{against.name}</bdi>
          </span>
        </span>
      </button>
    </li>
  );
}

function Shapes({
  of,
  shapes,
  goTo,
}: {
  readonly of: "private" | "told";
  readonly shapes: readonly MapShape[];
  readonly goTo: SideProps["goTo"];
}) {
  const { t } = useWords();
  const { shown, rest, more } = useMore(shapes);
  if (shapes.length === 0) return null;
  return (
    <section>
      <h2>
        {of === "told" ? (
          t("map.told")
        ) : (
          <Say k="map.ours" given={{ private: <span className="private-label">{t("common.private")}</span> }} />
        )}
      </h2>
      <ul className="map-list">
        {shown.map((shape) => (
          <li key={`${shape.type} ${shape.id}`}>
            {of === "told" ? <ToldRow shape={shape} /> : <PrivateRow shape={shape} goTo={goTo} />}
          </li>
        ))}
      </ul>
      <More rest={rest} more={more} />
    </section>
  );
}

function ToldRow({ shape }: { readonly shape: MapShape }) {
  const { t, phrases } = useWords();
  const placeOf = usePartyPlace();
  const nameOf = useParties().nameOf;
  const { kind, from, id, name, state } = shape;
  if (kind === null || from === null) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it is called what stands on it
    <button type="button" className={`party-${placeOf(from) % 4}`} onClick={() => go({ page: "message", hash: id })}>
      <span className={`swatch ${kind === "movement" ? "route" : ""}`} aria-hidden="true" />
      <span>
        <Words>{name}</Words>
        <br />
        <span className="fine">
          {phrases.kinds[kind]} · <bdi>{nameOf(from)}</bdi>
          {state === "in-force" ? null : ` · ${t(`message.state-${state}`)}`}
        </span>
      </span>
    </button>
  );
}

function PrivateRow({ shape, goTo }: { readonly shape: MapShape; readonly goTo: SideProps["goTo"] }) {
  const { t } = useWords();
  return (
    <button type="button" aria-label={t("map.go-to", { name: shape.name })} onClick={() => goTo(shape.middle)}>
      <span className="swatch plan" aria-hidden="true" />
      <span>
        <Words>{shape.name}</Words>
      </span>
    </button>
  );
}

function Cells({ cells, lookAt }: { readonly cells: readonly MapCell[]; readonly lookAt: SideProps["lookAt"] }) {
  const { t } = useWords();
  const { shown, rest, more } = useMore(cells);
  return (
    <>
      <ul className="map-list">
        {shown.map((cell) => {
          const where = formatCoordinate(cell.middle, "decimal");
          return (
            <li key={`${cell.box.west} ${cell.box.south}`}>
              <button type="button" onClick={() => lookAt(cell.box)}>
                <span className={`swatch ${cell.told === 0 ? "plan" : "conflict"}`} aria-hidden="true" />
                <span>
                  {cell.told === 0 ? null : t("map.cell-told", { count: cell.told, where })}{" "}
                  {cell.private === 0 ? null : t("map.cell-private", { count: cell.private, where })}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <More rest={rest} more={more} />
    </>
  );
}
