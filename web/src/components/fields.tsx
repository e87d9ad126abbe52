import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import type { AccountPartsFragment } from '../graph/operations.generated.ts';
import { currencyNames, formatMoney, parseAmount } from '../money.ts';
import { Icon } from './icon.tsx';

interface FieldProps {
  readonly label: string;
  /** The name under which refusals are placed at it. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
}

interface TextInputProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'password' | 'date';
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly suffix?: ReactNode;
  readonly validate?: (value: string) => string | null;
}

export function TextInput({ label, hint, suffix, placeholder, validate, ...props }: TextInputProps) {
  return (
    <TextField {...props} {...(validate === undefined ? {} : { validate })} className="field">
      <Label>{label}</Label>
      <div className="input-frame">
        <Input {...(placeholder === undefined ? {} : { placeholder })} />
        {suffix !== undefined && <span className="input-suffix">{suffix}</span>}
      </div>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error" />
    </TextField>
  );
}

/** Takes an amount as people of the locale write it; `parseAmount` says what it is. */
export function AmountInput({ isRequired = true, ...props }: Omit<TextInputProps, 'type' | 'inputMode' | 'validate'>) {
  return (
    <TextInput
      {...props}
      isRequired={isRequired}
      inputMode="decimal"
      autoComplete="off"
      placeholder="0.00"
      validate={(value) => (value === '' || parseAmount(value) !== null ? null : 'Enter an amount such as 12.50.')}
    />
  );
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
}

export function Choices({
  label,
  name,
  value,
  onChange,
  choices,
  hint,
}: FieldProps & { readonly choices: readonly Choice[] }) {
  return (
    <Select
      name={name}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      className="field"
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
      <FieldError className="field-error" />
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
    label: currencyNames[currency],
    detail: formatMoney(balance),
  }));
  return <Choices {...props} choices={choices} />;
}
