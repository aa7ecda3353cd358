/** Form fields: label above, hint and error below, each tied to its input for those who do not see it. */
import type { ReactNode } from "react";
import {
  Checkbox,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  TextField,
} from "react-aria-components";

interface Common {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly required?: boolean;
}

export interface WordsFieldProps extends Common {
  readonly rows?: number;
  readonly type?: "text" | "password";
  readonly name?: string;
  readonly autoComplete?: string;
  readonly inputMode?: "numeric" | "decimal" | "text";
  readonly onBlur?: () => void;
}

export function WordsField(props: WordsFieldProps) {
  const { label, value, onChange, hint, error, rows, type = "text", autoComplete = "off" } = props;
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isRequired={props.required ?? false}
      isInvalid={error !== undefined && error !== null}
      validationBehavior="aria"
      type={type}
      autoComplete={autoComplete}
      {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
      {...(props.name === undefined ? {} : { name: props.name })}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
    >
      <Label>{label}</Label>
      {rows === undefined ? <Input dir="auto" spellCheck={false} /> : <TextArea dir="auto" rows={rows} />}
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="error">{error ?? ""}</FieldError>
    </TextField>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** Where its label is in another language than the page. */
  readonly lang?: string;
}

export interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}

/** A native select: every device has its own good way to show one. */
export function ChoiceField({ label, value, options, onChange, hint }: ChoiceFieldProps) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} {...(option.lang === undefined ? {} : { lang: option.lang })}>
            {option.label}
          </option>
        ))}
      </select>
      {hint === undefined ? null : <span className="hint">{hint}</span>}
    </label>
  );
}

/** Few choices, all seen at once. */
export function RadioField({ label, value, options, onChange }: ChoiceFieldProps) {
  return (
    <RadioGroup className="field" value={value} onChange={onChange}>
      <Label className="label">{label}</Label>
      <div className="choices">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice">
            <span>
              <strong>{option.label}</strong>
              {option.hint === undefined ? null : <span className="quiet"> · {option.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

export interface CheckFieldProps {
  readonly children: ReactNode;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function CheckField({ children, value, onChange }: CheckFieldProps) {
  return (
    <Checkbox className="check" isSelected={value} onChange={onChange}>
      <span className="box" aria-hidden="true">
        {value ? "✓" : ""}
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}

export function Group({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}
