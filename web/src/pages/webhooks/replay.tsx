import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choices } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { ReplayWebhooksDocument } from '../../graph/operations.generated.ts';
import type { Refusals } from '../../session/session.ts';

const hourMs = 3_600_000;
/** The server keeps events for 30 days. The clocks may differ. */
const periods = [
  { id: String(hourMs), label: 'The last hour' },
  { id: String(24 * hourMs), label: 'The last 24 hours' },
  { id: String(7 * 24 * hourMs), label: 'The last 7 days' },
  { id: String(30 * 24 * hourMs - hourMs / 4), label: 'The last 30 days' },
];

interface ReplayProps {
  readonly webhookId: string;
  readonly name: string;
  readonly onReplayed: (events: number) => Promise<void>;
}

/** The form of a dialog that sends the events of a period again. */
export function Replay({ webhookId: endpointId, name, onReplayed }: ReplayProps) {
  const [period, setPeriod] = useState(String(24 * hourMs));
  const [replay] = useMutation(ReplayWebhooksDocument);
  const submission = useSubmission({}, async () => {
    const now = Date.now();
    const to = new Date(now).toISOString();
    let [events, from]: [number, string | null] = [0, new Date(now - Number(period)).toISOString()];
    // One call sends about a thousand events.
    while (from !== null) {
      const { data } = await replay({ variables: { input: { endpointId, from, to } } });
      const { webhookReplay, userErrors = [] }: ReplayAnswer = data?.replayWebhooks ?? {};
      if (webhookReplay == null) return userErrors;
      events += webhookReplay.events;
      from = webhookReplay.nextFrom !== null && webhookReplay.nextFrom < to ? webhookReplay.nextFrom : null;
    }
    await onReplayed(events);
    return [];
  });
  return (
    <Form submission={submission} label={`Replay events to ${name}`}>
      <Choices label="Period" name="period" value={period} onChange={setPeriod} choices={periods} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={submission.isPending}>
          Replay
        </Button>
        <Button slot="close">Cancel</Button>
      </div>
    </Form>
  );
}

interface ReplayAnswer {
  readonly webhookReplay?: { readonly events: number; readonly nextFrom: string | null } | null;
  readonly userErrors?: Refusals;
}
