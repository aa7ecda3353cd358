/** What was read of a file: the exceptions, row by row; the rest is a number. */
import { useState } from "react";
import type { ImportResult } from "../../intake/index.ts";
import { Findings } from "../view/findings.tsx";
import { Button, Panel, Words } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";

const SHOWN = 20;
type Row = ImportResult["rows"][number];

const isRefused = ({ draft, findings }: Row): boolean =>
  draft === null || findings.some(({ gravity }) => gravity === "refuse");

export function ReadRows({ result }: { readonly result: ImportResult }) {
  const { t } = useWords();
  const { rows, drafts, refused, warned } = result.summary;
  const refusedRows = result.rows.filter(isRefused);
  const warnedRows = result.rows.filter(
    (row) => !isRefused(row) && row.findings.some(({ gravity }) => gravity === "warn"),
  );
  return (
    <>
      <output>{t("bring.summary", { rows, drafts, refused, warned })}</output>
      <RowList title={t("bring.refused")} rows={refusedRows} />
      <RowList title={t("bring.warned")} rows={warnedRows} />
    </>
  );
}

function RowList({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  const { t } = useWords();
  const [shown, setShown] = useState(SHOWN);
  if (rows.length === 0) return null;
  return (
    <Panel title={title} aside={String(rows.length)}>
      <ol className="stack">
        {rows.slice(0, shown).map((row) => (
          <li key={row.row} className="stack">
            <div className="row">
              <strong>{t("bring.row", { row: row.row })}</strong>
              {row.draft === null ? null : <Words>{row.draft.subject}</Words>}
            </div>
            <Findings findings={row.findings} />
          </li>
        ))}
      </ol>
      {rows.length > shown ? (
        <Button onPress={() => setShown((before) => before + 200)}>
          {t("draft.show-more", { count: rows.length - shown })}
        </Button>
      ) : null}
    </Panel>
  );
}
