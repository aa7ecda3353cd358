/** What was told and is in force, as a file for other software. The node writes it; nothing private is in it. */
import { useState } from "react";
import { type Client, TOLD_FORMATS, type ToldFile } from "../../api/index.ts";
import { fromBase64 } from "../../wire/bytes.ts";
import { useTask } from "../draft/use-task.ts";
import { useDesk } from "../session/desk.ts";
import { useWords } from "../words/say.tsx";
import { saveFile } from "./download.ts";
import { ChoiceField } from "./fields.tsx";
import { Button, ProblemNotice, Words } from "./pieces.tsx";

type Format = (typeof TOLD_FORMATS)[number];
type Query = NonNullable<NonNullable<Parameters<Client["toldFile"]>[0]>["query"]>;

/** As these formats call themselves, in every language. */
const NAMES: Readonly<Record<Format, string>> = {
  csv: "CSV",
  xlsx: "Excel (.xlsx)",
  geojson: "GeoJSON",
  kml: "KML",
  kmz: "KMZ",
  gpx: "GPX",
  cot: "Cursor on Target",
  cap: "CAP 1.2",
  volume4d: "Volume4D (ASTM F3548)",
};

/** `query`: what of it, as the map asks for it. */
export function ToldFiles({ query }: { readonly query: Omit<Query, "format"> }) {
  const { client } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const [format, setFormat] = useState<Format>("csv");
  const [file, setFile] = useState<ToldFile | null>(null);
  const save = () =>
    task.run(async () => {
      setFile(null);
      const written = await client.toldFile({ query: { ...query, format } });
      saveFile(written.file_name, fromBase64(written.content));
      setFile(written);
    });
  return (
    <div className="stack">
      <div className="row told-files">
        <ChoiceField
          label={t("paper.format")}
          value={format}
          options={TOLD_FORMATS.map((value) => ({ value, label: NAMES[value] }))}
          onChange={(chosen) => setFormat(TOLD_FORMATS.find((each) => each === chosen) ?? "csv")}
        />
        <Button busy={task.busy} onPress={save}>
          {t("paper.save")}
        </Button>
      </div>
      <ProblemNotice problem={task.problem} />
      {file === null ? null : <Written file={file} />}
    </div>
  );
}

/** How much is in it, and what the format could not hold. */
function Written({ file: { written, without_place, left, left_out } }: { readonly file: ToldFile }) {
  const { t } = useWords();
  const count = left.length + left_out;
  return (
    <div className="stack tight">
      <output className="fine">
        {t("paper.written", { count: written })}{" "}
        {without_place === 0 ? null : t("paper.without-place", { count: without_place })}
      </output>
      {count === 0 ? null : (
        <details>
          <summary>{t("paper.left", { count })}</summary>
          <ul className="fine">
            {left.map(({ code, name, column, characters }, i) => (
              <li key={i}>
                <Words>{name}</Words>:{" "}
                {code === "workbook-cell"
                  ? t("paper.left-workbook-cell", { count: characters ?? 0, column: column ?? "" })
                  : t(`paper.left-${code}`)}
              </li>
            ))}
          </ul>
          {left_out === 0 ? null : <p className="fine">{t("common.not-shown", { count: left_out })}</p>}
        </details>
      )}
    </div>
  );
}
