import { TextArea } from 'react-aria-components/TextArea';
import { Field } from '../../components/fields.tsx';

/** Why staff act. The server requires it for each act and refuses one that is too short or too long. */
export function Reason({
  value,
  onChange,
  hint = 'For the audit log: 5 to 500 characters.',
}: {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  readonly hint?: string;
}) {
  return (
    <Field label="Reason" name="reason" value={value} onChange={onChange} hint={hint} isRequired>
      <TextArea rows={3} />
    </Field>
  );
}

export function reasonProblem(reason: string): string | null {
  return reason.trim() === '' ? 'Enter why you do this.' : null;
}

const [shortest, longest] = [5, 500];

/** What is wrong with the reason of a query. The server's refusal of it names no field of the form. */
export function lookProblem(reason: string): string | null {
  const { length } = Array.from(reason.trim());
  return length >= shortest && length <= longest ? null : `Enter a reason of ${shortest} to ${longest} characters.`;
}
