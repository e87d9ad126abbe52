import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import type { Choice } from './fields.tsx';
import { useFieldMessages } from './form.tsx';
import { Icon } from './icon.tsx';

/** A field of a form with choices, of which any number can be chosen. */
export function Checkboxes({
  label,
  name,
  choices,
  chosen,
  onChange,
}: {
  readonly label: string;
  /** Problems and refusals of this name are shown at the field. */
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { messages, clear } = useFieldMessages(name);
  return (
    <CheckboxGroup
      className="field"
      name={name}
      value={[...chosen]}
      isInvalid={messages.length > 0}
      onChange={(values) => {
        clear();
        onChange(values);
      }}
    >
      <Label>{label}</Label>
      {choices.map(({ id, label: text, detail }) => (
        <Checkbox key={id} value={id} className="checkbox">
          <span className="checkbox-box">
            <Icon name="check" size={14} />
          </span>
          <span>{text}</span>
          {detail !== undefined && <span className="choice-detail">{detail}</span>}
        </Checkbox>
      ))}
      <FieldError className="field-error">{messages.join(' ')}</FieldError>
    </CheckboxGroup>
  );
}
