/** Plans that had GO and have it no more, because what it rested on has changed: each by its name. */
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { PrivateBox, Words } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { useWords } from "../words/say.tsx";

export function LapsedGo() {
  const may = useMay("see plans");
  return may ? <Lapsed /> : null;
}

function Lapsed() {
  const { client } = useDesk();
  const { t } = useWords();
  const states = useResource("lapsed", () => client.planStates({ query: { lapsed: "yes" } }), ["plan", "certificate"]);
  const items = states.value?.items ?? [];
  return items.length === 0 ? null : (
    <PrivateBox title={t("decide.go-lapsed")}>
      <ul className="stack tight">
        {items.map(({ plan, decision }) => (
          <li key={plan} className="row">
            <a href={href({ page: "plans" })}>
              <Words>{plan}</Words>
            </a>
            {decision?.lapsed_at == null ? null : <Time at={decision.lapsed_at} />}
          </li>
        ))}
      </ul>
    </PrivateBox>
  );
}
