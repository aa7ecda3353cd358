/** The kinds that can be written here, in the order in which they are offered. */
import type { Form } from "./form.ts";
import { ASSESSMENT_FORM, CALL_FORM, PRESENCE_FORM, REPORT_FORM, STANCE_FORM, WARNING_FORM } from "./kind-forms.tsx";
import { MOVEMENT_FORM } from "./movement-form.tsx";
import { ACTIVITY_FORM, ALERT_FORM, QUERY_FORM, TEXT_FORM } from "./other-forms.tsx";
import { SITE_FORM } from "./site-form.tsx";

/** Each form is used with its own values only, which the page keeps and does not look into. */
export const WRITABLE = {
  movement: MOVEMENT_FORM as Form<unknown>,
  site: SITE_FORM as Form<unknown>,
  activity: ACTIVITY_FORM as Form<unknown>,
  presence: PRESENCE_FORM as Form<unknown>,
  report: REPORT_FORM as Form<unknown>,
  warning: WARNING_FORM as Form<unknown>,
  stance: STANCE_FORM as Form<unknown>,
  assessment: ASSESSMENT_FORM as Form<unknown>,
  call: CALL_FORM as Form<unknown>,
  query: QUERY_FORM as Form<unknown>,
  text: TEXT_FORM as Form<unknown>,
  alert: ALERT_FORM as Form<unknown>,
} as const;

export type Writable = keyof typeof WRITABLE;

export function isWritable(kind: string): kind is Writable {
  return Object.hasOwn(WRITABLE, kind);
}
