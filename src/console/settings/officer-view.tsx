/** What stands around everything: the officer's language, its direction, and his theme, on the document itself. */
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { loadTongue, type Tongue } from "../words/load.ts";
import { TongueContext } from "../words/say.tsx";
import {
  keepPreferences,
  keptPreferences,
  onKeptElsewhere,
  type Preferences,
  PreferencesContext,
} from "./preferences.ts";
import { showTheme } from "./theme.ts";

interface OfficerViewProps {
  /** The language that was loaded before the first page was drawn. */
  readonly first: Tongue;
  readonly children: ReactNode;
}

export function OfficerView({ first, children }: OfficerViewProps) {
  const [preferences, setPreferences] = useState<Preferences>(keptPreferences);
  const [tongue, setTongue] = useState(first);
  const wanted = useRef(first.language);
  const change = useCallback((changed: Partial<Preferences>) => {
    setPreferences((before) => {
      const after = { ...before, ...changed };
      keepPreferences(after);
      return after;
    });
  }, []);

  // Chosen in another window of this browser: it holds here too.
  useEffect(() => onKeptElsewhere(() => setPreferences(keptPreferences())), []);

  const { language, theme } = preferences;
  useEffect(() => {
    if (wanted.current === language) return;
    wanted.current = language;
    // Until its words are here the page stays in the language it has; a choice that was overtaken is dropped.
    loadTongue(language).then(
      (loaded) => wanted.current === loaded.language && setTongue(loaded),
      () => (wanted.current = tongue.language),
    );
  }, [language, tongue.language]);

  useEffect(() => {
    const { documentElement: page } = document;
    page.lang = tongue.language;
    page.dir = tongue.dir;
  }, [tongue]);
  useEffect(() => showTheme(theme), [theme]);

  const desk = useMemo(() => ({ preferences, change }), [preferences, change]);
  return (
    <PreferencesContext value={desk}>
      <TongueContext value={tongue}>
        <I18nProvider locale={tongue.language}>{children}</I18nProvider>
      </TongueContext>
    </PreferencesContext>
  );
}
