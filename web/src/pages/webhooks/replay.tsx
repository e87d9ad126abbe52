import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choices } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Notice } from '../../components/states.tsx';
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
  readonly onReplayed: (events: number) => void;
}

/** What is left of a replay that was refused or failed. */
interface Rest {
  readonly from: string;
  readonly to: string;
  /** The number of events that are sent again so far. */
  readonly events: number;
}

/** The form of a dialog that sends the events of a period again. */
export function Replay({ webhookId: endpointId, name, onReplayed }: ReplayProps) {
  const [period, setPeriod] = useState(String(24 * hourMs));
  const [replay] = useMutation(ReplayWebhooksDocument);
  const [rest, setRest] = useState<Rest | null>(null);
  const submission = useSubmission({}, async () => {
    const now = Date.now();
    const begun = { from: new Date(now - Number(period)).toISOString(), to: new Date(now).toISOString(), events: 0 };
    let { from, to, events }: Rest = rest ?? begun;
    // One call sends about a thousand events. The server bounds the calls, so a refusal keeps where to continue.
    for (;;) {
      const { data } = await replay({ variables: { input: { endpointId, from, to } } });
      const { webhookReplay, userErrors = [] }: ReplayAnswer = data?.replayWebhooks ?? {};
      if (webhookReplay == null) return userErrors;
      events += webhookReplay.events;
      if (webhookReplay.nextFrom === null || webhookReplay.nextFrom >= to) break;
      from = webhookReplay.nextFrom;
      setRest({ from, to, events });
    }
    setRest(null);
    onReplayed(events);
    return [];
  });
  const choosePeriod = (chosen: string) => {
    setPeriod(chosen);
    setRest(null);
  };
  return (
    <Form submission={submission} label={`Replay events to ${name}`}>
      <Choices label="Period" name="period" value={period} onChange={choosePeriod} choices={periods} />
      {rest !== null && !submission.isPending && (
        <Notice kind="info">{rest.events} events are sent again so far. Continue with the others.</Notice>
      )}
      <div className="buttons">
        <Button type="submit" look="primary" isPending={submission.isPending}>
          {rest === null ? 'Replay' : 'Continue'}
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
