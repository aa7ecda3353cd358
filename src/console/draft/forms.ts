/** The kinds that can be written here, in the order in which they are offered. */
import type { Body } from "../../message/index.ts";
import type { Form } from "./form.ts";
import { ASSESSMENT_FORM, CALL_FORM, PRESENCE_FORM, REPORT_FORM, STANCE_FORM, WARNING_FORM } from "./kind-forms.tsx";
import { MOVEMENT_FORM } from "./movement-form.tsx";
import { ACTIVITY_FORM, ALERT_FORM, QUERY_FORM, TEXT_FORM } from "./other-forms.tsx";
import { SITE_FORM } from "./site-form.tsx";

export type AnyForm = Omit<Form<unknown>, "of"> & { of(body: Body): unknown };

/** Each form is used with its own values and the body of its own kind only, which the page keeps and does not look into. */
export const WRITABLE = {
  movement: MOVEMENT_FORM as unknown as AnyForm,
  site: SITE_FORM as unknown as AnyForm,
  activity: ACTIVITY_FORM as unknown as AnyForm,
  presence: PRESENCE_FORM as unknown as AnyForm,
  report: REPORT_FORM as unknown as AnyForm,
  warning: WARNING_FORM as unknown as AnyForm,
  stance: STANCE_FORM as unknown as AnyForm,
  assessment: ASSESSMENT_FORM as unknown as AnyForm,
  call: CALL_FORM as unknown as AnyForm,
  query: QUERY_FORM as unknown as AnyForm,
  text: TEXT_FORM as unknown as AnyForm,
  alert: ALERT_FORM as unknown as AnyForm,
} as const;

export type Writable = keyof typeof WRITABLE;

export function isWritable(kind: string): kind is Writable {
  return Object.hasOwn(WRITABLE, kind);
}
