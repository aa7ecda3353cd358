import "./trusted-types.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { OfficerView } from "./settings/officer-view.tsx";
import { keptPreferences } from "./settings/preferences.ts";
import { loadTongue } from "./words/load.ts";

const root = document.getElementById("root");
if (root !== null) {
  // Not awaited at the top: that would split this script, and the parts would run before the policy above is set.
  void loadTongue(keptPreferences().language).then((first) =>
    createRoot(root).render(
      <StrictMode>
        <OfficerView first={first}>
          <App />
        </OfficerView>
      </StrictMode>,
    ),
  );
}
