import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';

/** A few choices, of which any number can be chosen. Choosing none means all. */
export function Chips({
  label,
  choices,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}) {
  return (
    <div className="chips">
      <span className="label" aria-hidden="true">
        {label}
      </span>
      <ToggleButtonGroup
        className="chips-list"
        aria-label={label}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => onChange([...keys].map(String))}
      >
        {choices.map(({ id, label }) => (
          <ToggleButton key={id} id={id} className="chip">
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
