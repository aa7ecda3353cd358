/** The items of a draft that is released as one: what speaks against one of them comes first, the rest are opened at will. */
import { useState } from "react";
import type { Draft, DraftItem } from "../../api/index.ts";
import { ItemView } from "./item-view.tsx";
import { Findings } from "../view/findings.tsx";
import { Button, Panel, Tag, Words } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";

const SHOWN = 20;

type Sort = "added" | "supersedes" | "withdraws";

const sortOf = ({ re }: DraftItem): Sort =>
  re?.relation === "supersedes" || re?.relation === "withdraws" ? re.relation : "added";

const isException = ({ findings, conflicts_count }: DraftItem): boolean =>
  conflicts_count > 0 || findings.some(({ gravity }) => gravity !== "note");

export function ListItems({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
  const first = draft.items.filter(isException);
  const rest = draft.items.filter((item) => !isException(item));
  const count = (sort: Sort) => draft.items.filter((item) => sortOf(item) === sort).length;
  return (
    <>
      <Panel title={t("draft.list")}>
        <p>
          {t("draft.list-counts", {
            added: count("added"),
            replaced: count("supersedes"),
            withdrawn: count("withdraws"),
          })}
        </p>
      </Panel>
      <Items title={t("draft.list-first", { count: first.length })} items={first} />
      <Items title={t("draft.list-rest", { count: rest.length })} items={rest} />
    </>
  );
}

interface ItemsProps {
  readonly title: string;
  readonly items: readonly DraftItem[];
}

function Items({ title, items }: ItemsProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(SHOWN);
  if (items.length === 0) return null;
  return (
    <Panel title={title}>
      <ol className="inbox">
        {items.slice(0, shown).map((item) => (
          <Item key={item.hash} item={item} />
        ))}
      </ol>
      {items.length > shown ? (
        <Button onPress={() => setShown((before) => before + 200)}>
          {t("draft.show-more", { count: items.length - shown })}
        </Button>
      ) : null}
    </Panel>
  );
}

function Item({ item }: { readonly item: DraftItem }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const sort = sortOf(item);
  return (
    <li className="item">
      <span className="subject">
        <Words>{item.subject}</Words>
      </span>
      <div className="meta">
        <Tag tone={sort === "added" ? "plain" : "warn"}>{t(`draft.item-${sort}`)}</Tag>
        {item.conflicts_count === 0 ? null : (
          <Tag tone="private">{t("common.too-close-count", { count: item.conflicts_count })}</Tag>
        )}
      </div>
      {open ? (
        <div className="stack whole">
          <ItemView item={item} />
        </div>
      ) : (
        <>
          {item.findings.length === 0 ? null : (
            <div className="stack whole">
              <Findings findings={item.findings.filter(({ gravity }) => gravity !== "note")} />
            </div>
          )}
          <Button tone="quiet" label={`${t("draft.item-show")}: ${item.subject}`} onPress={() => setOpen(true)}>
            {t("draft.item-show")}
          </Button>
        </>
      )}
    </li>
  );
}
