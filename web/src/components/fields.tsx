import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { AccountPartsFragment } from '../graph/operations.generated.ts';
import type { Currency } from '../graph/operations.generated.ts';
import { currencyTitle, exampleAmount, formatMoney, parseAmount, currencyPlaces } from '../money.ts';
import { useFieldMessages } from './form.tsx';
import { Icon } from './icon.tsx';

export interface FieldProps {
  readonly label: string;
  /** Problems and refusals of this name are shown at the field. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  /** The problem of a field outside a form. */
  readonly problem?: string | null;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
}

interface TextInputProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'date';
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly suffix?: ReactNode;
}

export function TextInput({ label, hint, suffix, placeholder, onChange, ...props }: TextInputProps) {
  return (
    <Field {...props} label={label} hint={hint} onChange={onChange}>
      <Input {...(placeholder === undefined ? {} : { placeholder })} />
      {suffix !== undefined && <span className="input-suffix">{suffix}</span>}
    </Field>
  );
}

interface FrameProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'date' | 'password';
  readonly maxLength?: number;
  readonly children: ReactNode;
}

/** The frame of a field: its label, what the person types into, and its hint or problem. */
export function Field({ label, hint, problem, onChange, children, ...props }: FrameProps) {
  const form = useFieldMessages(props.name);
  const messages = problem == null ? form.messages : [problem];
  return (
    <TextField
      {...props}
      isInvalid={messages.length > 0}
      onChange={(value) => {
        form.clear();
        onChange(value);
      }}
      className="field"
    >
      <Label>{label}</Label>
      <div className="input-frame">{children}</div>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{messages.join(' ')}</FieldError>
    </TextField>
  );
}

/** Hides what is typed, unless the person chooses to see it. */
export function PasswordInput(props: FieldProps & { readonly autoComplete: 'current-password' | 'new-password' }) {
  const [isShown, setShown] = useState(false);
  return (
    <Field {...props} type={isShown ? 'text' : 'password'}>
      <Input autoCapitalize="none" spellCheck={false} />
      <ToggleButton className="input-toggle" isSelected={isShown} onChange={setShown}>
        Show
      </ToggleButton>
    </Field>
  );
}

interface AmountInputProps extends Omit<TextInputProps, 'type' | 'inputMode' | 'placeholder' | 'suffix'> {
  /** The amount's currency; undefined for an amount of any currency. */
  readonly currency?: Currency | undefined;
}

/** Takes an amount as people of the locale type it; `parseAmount` reads it. */
export function AmountInput({ currency, ...props }: AmountInputProps) {
  const example = exampleAmount('0', currency);
  return (
    <TextInput
      isRequired
      {...props}
      suffix={currency}
      inputMode={currency !== undefined && currencyPlaces(currency) === 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={example}
    />
  );
}

export function amountProblem(text: string, currency?: Currency): string | null {
  return parseAmount(text) === null ? `Enter an amount, such as ${exampleAmount('12.5', currency)}.` : null;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
}

/** @param isInline whether the label is next to the field instead of above it. */
export function Choices({
  label,
  name,
  value,
  onChange,
  choices,
  hint,
  isInline = false,
}: FieldProps & { readonly choices: readonly Choice[]; readonly isInline?: boolean }) {
  const { messages, clear } = useFieldMessages(name);
  return (
    <Select
      name={name}
      value={value}
      isInvalid={messages.length > 0}
      onChange={(key) => {
        clear();
        if (key !== null) onChange(String(key));
      }}
      className={isInline ? 'field field-inline' : 'field'}
      placeholder="Choose"
    >
      <Label>{label}</Label>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <Icon name="down" size={16} />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{messages.join(' ')}</FieldError>
      <Popover className="popover" offset={4}>
        <ListBox className="list-box">
          {choices.map((choice) => (
            <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className="list-box-item">
              <span className="choice-label">{choice.label}</span>
              {choice.detail !== undefined && <span className="choice-detail">{choice.detail}</span>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

export function AccountChoice({
  accounts,
  ...props
}: FieldProps & { readonly accounts: readonly AccountPartsFragment[] }) {
  const choices = accounts.map(({ id, currency, balance }) => ({
    id,
    label: currencyTitle(currency),
    detail: formatMoney(balance),
  }));
  return <Choices {...props} choices={choices} />;
}
