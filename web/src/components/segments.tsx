import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';

/** A few choices side by side, of which one is chosen. */
export function Segments<Id extends string>({
  label,
  isLabelShown = true,
  choices,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly choices: Readonly<Record<Id, string>>;
  readonly chosen: Id;
  readonly onChange: (chosen: Id) => void;
}) {
  const entries = Object.entries(choices) as [Id, string][];
  return (
    <RadioGroup
      className="segments"
      {...(isLabelShown ? {} : { 'aria-label': label })}
      value={chosen}
      onChange={(id) => onChange(id as Id)}
    >
      {isLabelShown && <Label>{label}</Label>}
      <div className="segments-frame">
        {entries.map(([id, text]) => (
          <Radio key={id} value={id} className="segment">
            {text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
