/** What a list or a message becomes outside of the screen: a page of paper with its check words, a table, a map file. */
import { useMemo } from "react";
import type { Client } from "../../api/index.ts";
import { checkWords } from "../../crypto/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import { formatRfc3339 } from "../../geo/index.ts";
import { render } from "../../message/index.ts";
import type { Told } from "../../intake/write/told.ts";
import { fromHex, toHex, utf8 } from "../../wire/bytes.ts";
import { readItem } from "../draft/say.ts";
import { useTask } from "../draft/use-task.ts";
import { useNow } from "../live/use-now.ts";
import { useDesk } from "../session/desk.ts";
import { Say, useWords } from "../words/say.tsx";
import { saveFile } from "./download.ts";
import { Button, ProblemNotice } from "./pieces.tsx";
import { Time } from "./time.tsx";

/** At the end of a printed page: whose it is, when it was made, and by what two papers are compared. */
export function PaperFoot({ hash, isPrivate = false }: { readonly hash: string; readonly isPrivate?: boolean }) {
  const { node, session } = useDesk();
  const { t } = useWords();
  const now = useNow(60_000);
  return (
    <footer className="paper-foot">
      <p>
        {isPrivate ? <strong>{t("common.private")} · </strong> : null}
        <Say k="paper.printed" given={{ officer: session.officer, party: node.name, at: <Time at={now} /> }} />
      </p>
      <p>
        {t("paper.check-words")} <CheckWords hash={hash} />
      </p>
      <p className="mono break" dir="ltr">
        SHA-256 {hash}
      </p>
    </footer>
  );
}

/** Read out, they say whether two people hold the same; the same words in every language. */
export function CheckWords({ hash }: { readonly hash: string }) {
  return (
    <strong lang="en" dir="ltr" className="check-words">
      {checkWords(fromHex(hash)).join(" ")}
    </strong>
  );
}

interface ListFilesProps {
  /** Of the files, without an ending. */
  readonly name: string;
  /** Of all that the page shows: what the paper's hash is taken of. */
  readonly csv: string;
  /** Everything, where that is more than what is shown. */
  readonly whole?: () => Promise<string>;
  /** With their places; left out where nothing on the list has one. */
  readonly places?: () => Promise<readonly Told[]>;
  readonly isPrivate?: boolean;
}

/** Print, CSV and KML of a list. */
export function ListFiles({ name, csv, whole, places, isPrivate = false }: ListFilesProps) {
  const { t } = useWords();
  const task = useTask();
  const hash = useMemo(() => toHex(nobleSuite.sha256(utf8(csv))), [csv]);
  const saveCsv = async () => saveFile(`${name}.csv`, utf8(whole === undefined ? csv : await whole()));
  const saveKml = async () => {
    if (places === undefined) return;
    const [{ writeKml }, told] = await Promise.all([import("../../intake/write/maps.ts"), places()]);
    saveFile(`${name}.kml`, utf8(writeKml(told).content as string));
  };
  return (
    <>
      <div className="row no-print">
        <Button onPress={() => window.print()}>{t("paper.print")}</Button>
        <Button busy={task.busy} onPress={() => task.run(saveCsv)}>
          CSV
        </Button>
        {places === undefined ? null : (
          <Button busy={task.busy} onPress={() => task.run(saveKml)}>
            KML
          </Button>
        )}
      </div>
      <ProblemNotice problem={task.problem} />
      <PaperFoot hash={hash} isPrivate={isPrivate} />
    </>
  );
}

/** So many are asked for at once. */
const AT_ONCE = 8;

/** Messages as map files hold them, read in this page from their signed bytes; those without a place are left out. */
export async function placesOf(client: Client, hashes: readonly string[]): Promise<readonly Told[]> {
  const { toldOf } = await import("../../intake/write/index.ts");
  const told: Told[] = [];
  for (let from = 0; from < hashes.length; from += AT_ONCE) {
    const some = await Promise.all(
      hashes.slice(from, from + AT_ONCE).map(async (hash) => {
        const { bytes, summary } = await client.message({ params: { hash } });
        const { message } = readItem({ bytes, hash });
        return toldOf(message, hash.slice(0, 16), {
          uid: hash,
          exercise: message.exercise,
          fields: [
            ["from", summary.from_name],
            ["at", formatRfc3339(message.at)],
            ["message", hash],
          ],
          notice: render(message).notice ?? "",
        });
      }),
    );
    told.push(...some.filter(({ volumes }) => volumes.length > 0));
  }
  return told;
}
