/** Search a place, or paste a coordinate in any notation. */
import { useEffect, useState } from "react";
import { formatCoordinate, parseCoordinate, type Position } from "../../geo/index.ts";
import { WordsField } from "../view/fields.tsx";
import { useWords } from "../words/say.tsx";
import { findPlaces, type KnownPlace } from "./places.ts";

const SETTLE_MS = 150;

function coordinateIn(text: string): Position | null {
  try {
    return parseCoordinate(text).position;
  } catch {
    return null;
  }
}

export function FindPlace({ goTo }: { readonly goTo: (at: Position) => void }) {
  const { t, language } = useWords();
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ readonly text: string; readonly places: readonly KnownPlace[] } | null>(null);
  const at = coordinateIn(text);
  const asked = at === null ? text.trim() : "";
  useEffect(() => {
    if (asked.length < 2) return;
    let over = false;
    const timer = setTimeout(() => {
      findPlaces(asked).then(
        (places) => !over && setFound({ text: asked, places }),
        () => !over && setFound({ text: asked, places: [] }),
      );
    }, SETTLE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked]);
  const places = found?.text === asked && asked !== "" ? found.places : null;
  const countries = new Intl.DisplayNames([language, "en"], { type: "region" });
  return (
    <search className="map-find">
      <WordsField label={t("map.find")} value={text} onChange={setText} hint={t("map.find-hint")} />
      <ul className="map-list" aria-live="polite">
        {at === null ? null : (
          <li>
            <button type="button" onClick={() => goTo(at)}>
              <span className="swatch" aria-hidden="true" />
              <span className="mono" dir="ltr">
                {formatCoordinate(at, "decimal")} · {formatCoordinate(at, "dms")}
              </span>
            </button>
          </li>
        )}
        {(places ?? []).map((place) => (
          <li key={`${place.name} ${place.lat} ${place.lon}`}>
            <button type="button" onClick={() => goTo(place)}>
              <span className="swatch" aria-hidden="true" />
              <span>
                <bdi>{place.name}</bdi>{" "}
                <span className="fine">{place.country === "" ? "" : countries.of(place.country)}</span>
              </span>
            </button>
          </li>
        ))}
        {places?.length === 0 ? <li className="fine">{t("map.nothing-found")}</li> : null}
      </ul>
    </search>
  );
}
