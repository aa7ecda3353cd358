/** The kinds that can be drafted by options, as data: which options, and how they become a body. */
import { ACTIVITY, ALERT, type Form, MOVEMENT, PRESENCE, QUERY, REPORT, SITE, TEXT } from "./form-list.ts";
import { askText } from "./confirm.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";

export type { Form } from "./form-list.ts";

/** What the options of a form gave, by camel-cased name. */
export type FormValues = Readonly<Record<string, unknown>> & { readonly subject?: string };

export const FORMS: readonly Form[] = [MOVEMENT, SITE, ACTIVITY, PRESENCE, ALERT, REPORT, QUERY, TEXT];

/** The body out of the options; what must be there and is not is asked for on a terminal, and refused elsewhere. */
export async function fillForm(
  context: Context,
  form: Form,
  options: FormValues,
): Promise<{ readonly subject: string; readonly body: Record<string, unknown> }> {
  const values: Record<string, unknown> = { ...options };
  for (const field of form.fields) {
    const name = optionName(field.flag);
    if (
      field.needed !== true ||
      values[name] !== undefined ||
      form.instead?.some((other) => values[other] !== undefined)
    )
      continue;
    const says = context.interactive ? field.says : `${field.says}${insteadText(form, name)}`;
    values[name] = await ask(context, form, field.flag, says, field.many === true);
  }
  const subject =
    options.subject ?? (await ask(context, form, "--subject <words>", "one line that says what it is", false));
  return { subject: String(subject), body: form.body(values, context.now()) };
}

/** Any one of several will do. */
function insteadText({ instead = [] }: Form, name: string): string {
  const others = instead.filter((other) => other !== name).map((other) => `--${other}`);
  return others.length === 0 ? "" : `; or ${others.join(", ")}`;
}

async function ask(context: Context, form: Form, flag: string, says: string, many: boolean): Promise<unknown> {
  const name = flag.split(" ")[0] as string;
  if (!context.interactive) throw cliError("usage", `draft ${form.kind} needs ${name}: ${says}.`);
  const answers: string[] = [];
  for (;;) {
    const answer = await askText(
      context,
      `${name}: ${says}${answers.length > 0 ? " (nothing more: leave it empty)" : ""}`,
    );
    if (answer === undefined && answers.length > 0) return answers;
    if (answer === undefined) continue;
    if (!many) return answer;
    answers.push(answer);
  }
}

/** `--marks-night <words>` becomes `marksNight`, as commander names it. */
function optionName(flag: string): string {
  const long = (flag.split(" ")[0] as string).replace(/^--/, "");
  return long.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
