/** What of all that was said the map shows, and the list with it. */
import { useEffect, useState } from "react";
import { CheckField, Group, WordsField } from "../view/fields.tsx";
import { Button } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { ALL, type MapFilter, PLACED } from "./use-map-view.ts";

const SETTLE_MS = 200;

export interface FilterProps {
  readonly filter: MapFilter;
  readonly set: (filter: MapFilter) => void;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
}

export function MapFilterFields({ filter, set, parties }: FilterProps) {
  const { t, phrases } = useWords();
  const [turn, setTurn] = useState(0);
  const clear = () => {
    setTurn(turn + 1);
    set(ALL);
  };
  return (
    <div className="stack">
      <TextFilter key={`text ${turn}`} filter={filter} set={set} />
      <Toggles
        legend={t("map.kinds")}
        options={PLACED.map((id) => ({ id, name: phrases.kinds[id] }))}
        chosen={filter.kinds}
        choose={(kinds) => set({ ...filter, kinds })}
      />
      <Toggles
        legend={t("map.parties")}
        options={parties}
        chosen={filter.parties}
        choose={(chosen) => set({ ...filter, parties: chosen })}
      />
      <CheckField value={filter.past} onChange={(past) => set({ ...filter, past })}>
        {t("map.past")}
      </CheckField>
      <Button onPress={clear}>{t("map.clear")}</Button>
    </div>
  );
}

/** Asked for when the officer stops typing. */
function TextFilter({ filter, set }: Omit<FilterProps, "parties">) {
  const { t } = useWords();
  const [text, setText] = useState(filter.text);
  useEffect(() => {
    if (text === filter.text) return;
    const timer = setTimeout(() => set({ ...filter, text }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, filter, set]);
  return <WordsField label={t("map.text")} value={text} onChange={setText} />;
}

interface TogglesProps {
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly choose: (chosen: readonly string[]) => void;
}

/** None chosen is all of them. */
function Toggles({ legend, options, chosen, choose }: TogglesProps) {
  return (
    <Group legend={legend}>
      <div className="map-checks">
        {options.map(({ id, name }) => (
          <CheckField
            key={id}
            value={chosen.includes(id)}
            onChange={(wanted) => choose(wanted ? [...chosen, id] : chosen.filter((each) => each !== id))}
          >
            <bdi>{name}</bdi>
          </CheckField>
        ))}
      </div>
    </Group>
  );
}
