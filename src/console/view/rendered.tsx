import type { Rendered } from "../../message/index.ts";
import { Notice, Words } from "./pieces.tsx";

/** A message in words, as the phrasebook made them from its codes. */
export function RenderedView({ rendered, lang }: { readonly rendered: Rendered; readonly lang?: string }) {
  return (
    <>
      <dl className="facts">
        {rendered.lines.map(({ label, value }, i) => (
          <div key={i} className="fact">
            <dt>{label}</dt>
            <dd>
              <Words {...(lang === undefined ? {} : { lang })}>{value}</Words>
            </dd>
          </div>
        ))}
      </dl>
      {rendered.notice === null ? null : <Notice tone="plain">{rendered.notice}</Notice>}
    </>
  );
}
