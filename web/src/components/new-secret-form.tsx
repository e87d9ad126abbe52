import { useState } from 'react';
import type { Refusals } from '../session/session.ts';
import { Button } from './button.tsx';
import { confirmed } from './confirmation.tsx';
import { Choices } from './fields.tsx';
import { Form, useSubmission } from './form.tsx';

const overlaps = [
  { id: '0', label: 'It stops at once' },
  { id: '1', label: '1 hour' },
  { id: '24', label: '24 hours' },
  { id: '168', label: '7 days' },
];

/** The form of a dialog that gives a program another secret. */
export function NewSecretForm({
  name,
  rotate,
}: {
  readonly name: string;
  readonly rotate: (overlapHours: number, confirmation: string | null) => Promise<Refusals>;
}) {
  const [hours, setHours] = useState('24');
  const submission = useSubmission(
    {},
    async () => await confirmed(async (confirmation) => await rotate(Number(hours), confirmation)),
  );
  return (
    <Form submission={submission} label={`New secret for ${name}`}>
      <Choices label="The old secret works for" name="overlap" value={hours} onChange={setHours} choices={overlaps} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={submission.isPending}>
          Make a new secret
        </Button>
        <Button slot="close">Cancel</Button>
      </div>
    </Form>
  );
}
