import { TextInput } from '../../components/fields.tsx';

/** The id of the customer for whom staff act. */
export function CustomerIdInput({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  return (
    <TextInput label="Customer ID" name="customerId" value={value} onChange={onChange} maxLength={40} isRequired />
  );
}
