/** The shortcuts at work, and their list. */
import { Fragment, useEffect, useMemo, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { PAGES } from "../route.ts";
import { useMay } from "../session/desk.ts";
import { Button } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { listen, type Shortcut, shortcuts } from "./shortcuts.ts";

/** As it is printed on the key, in every language. */
const ESCAPE = "Esc";

export function KeysButton() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const mayPlans = useMay("see plans");
  const mayDrafts = useMay("see drafts");
  const mayWrite = useMay("write drafts");
  const table = useMemo(() => {
    const pages = PAGES.filter((page) => (page !== "plans" || mayPlans) && (page !== "drafts" || mayDrafts));
    return shortcuts(pages, mayWrite, () => setOpen(true));
  }, [mayPlans, mayDrafts, mayWrite]);
  useEffect(() => listen(table), [table]);
  return (
    <>
      <span className="wide-only">
        <Button onPress={() => setOpen(true)}>{t("keys.button")}</Button>
      </span>
      <ModalOverlay className="overlay" isOpen={open} onOpenChange={setOpen} isDismissable>
        <Modal className="modal">
          <Dialog className="dialog wide">
            <Heading slot="title">{t("keys.title")}</Heading>
            <ShortcutTable table={table} />
            <p className="fine">{t("keys.note")}</p>
            <Button onPress={() => setOpen(false)}>{t("settings.close")}</Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function ShortcutTable({ table }: { readonly table: readonly Shortcut[] }) {
  const { t } = useWords();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("keys.key")}</th>
          <th scope="col">{t("keys.does")}</th>
        </tr>
      </thead>
      <tbody>
        {table.map(({ keys, says }) => (
          <tr key={keys.join(" ")}>
            <td className="keys">
              {keys.map((key, i) => (
                <Fragment key={key}>
                  {i === 0 ? null : ` ${t("keys.and-then")} `}
                  <kbd dir="ltr">{key}</kbd>
                </Fragment>
              ))}
            </td>
            <td>{says(t)}</td>
          </tr>
        ))}
        <tr>
          <td>
            <kbd dir="ltr">{ESCAPE}</kbd>
          </td>
          <td>{t("keys.close")}</td>
        </tr>
      </tbody>
    </table>
  );
}
