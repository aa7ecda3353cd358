import { useState } from "react";
import { itemsOfRow, LIST_LIMITS } from "../../api/index.ts";
import { useTask } from "../draft/use-task.ts";
import { go } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { WordsField } from "../view/fields.tsx";
import { Button, Empty, Notice, ProblemNotice } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { draftList } from "./draft-list.ts";
import type { Brought } from "./read-file.ts";

/** What was read, as a list that has not been told before. */
export function NewList({ brought }: { readonly brought: Brought }) {
  const { t } = useWords();
  const desk = useDesk();
  const task = useTask();
  const [name, setName] = useState(brought.file.replace(/\.[^.]+$/, "").slice(0, LIST_LIMITS.name));
  const items = brought.result.rows.flatMap(itemsOfRow);
  if (items.length === 0) return <Empty>{t("bring.nothing-read")}</Empty>;
  if (items.length > LIST_LIMITS.items) {
    return <Notice tone="warn">{t("bring.too-many", { most: LIST_LIMITS.items, count: items.length })}</Notice>;
  }
  const draft = async () => go({ page: "draft", id: (await draftList(desk, { items, list_name: name.trim() })).id });
  return (
    <form
      className="panel form"
      onSubmit={(event) => {
        event.preventDefault();
        task.run(draft);
      }}
    >
      <WordsField label={t("bring.name")} value={name} onChange={setName} required />
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button type="submit" tone="primary" busy={task.busy} disabled={name.trim() === ""}>
          {t("bring.draft")}
        </Button>
      </div>
    </form>
  );
}
