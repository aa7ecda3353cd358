/** Language, appearance, calendar: for the officer in this browser. */
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { CheckField, ChoiceField } from "../view/fields.tsx";
import { Button, TopButton } from "../view/pieces.tsx";
import { isLanguage, LANGUAGE_LIST, LANGUAGES } from "../words/languages.ts";
import { useWords } from "../words/say.tsx";
import { CALENDARS, THEMES, usePreferences } from "./preferences.ts";

/** Each language by its own name for itself, so that whoever reads only that one finds it. */
export function LanguageField() {
  const { t } = useWords();
  const { preferences, change } = usePreferences();
  return (
    <ChoiceField
      label={t("settings.language")}
      value={preferences.language}
      options={LANGUAGE_LIST.map((value) => ({ value, label: LANGUAGES[value].name, lang: value }))}
      onChange={(language) => isLanguage(language) && change({ language })}
    />
  );
}

export function SettingsButton() {
  const { t } = useWords();
  return (
    <DialogTrigger>
      <TopButton icon="settings" label={t("settings.title")} />
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal">
          <Dialog className="dialog">
            {({ close }) => (
              <>
                <Heading slot="title">{t("settings.title")}</Heading>
                <SettingsFields />
                <Button onPress={close}>{t("settings.close")}</Button>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function SettingsFields() {
  const { t } = useWords();
  const { preferences, change } = usePreferences();
  return (
    <div className="form">
      <LanguageField />
      <ChoiceField
        label={t("settings.theme")}
        value={preferences.theme}
        options={THEMES.map((theme) => ({ value: theme, label: t(`settings.theme-${theme}`) }))}
        onChange={(value) => {
          const theme = THEMES.find((one) => one === value);
          if (theme !== undefined) change({ theme });
        }}
      />
      <ChoiceField
        label={t("settings.calendar")}
        value={preferences.calendar}
        options={CALENDARS.map((calendar) => ({ value: calendar, label: t(`settings.calendar-${calendar}`) }))}
        onChange={(value) => {
          const calendar = CALENDARS.find((one) => one === value);
          if (calendar !== undefined) change({ calendar });
        }}
      />
      <CheckField value={preferences.localTime} onChange={(localTime) => change({ localTime })}>
        {t("settings.local-time")}
      </CheckField>
      <p className="fine">{t("settings.note")}</p>
    </div>
  );
}
