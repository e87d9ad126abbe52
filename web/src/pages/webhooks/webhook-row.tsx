import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { GeneralRefusals, useSubmission } from '../../components/form.tsx';
import { NewSecretForm } from '../../components/new-secret-form.tsx';
import { Notice } from '../../components/states.tsx';
import {
  DeleteWebhookEndpointDocument,
  RotateWebhookSecretDocument,
  SendTestWebhookDocument,
  UpdateWebhookEndpointDocument,
  type WebhookPartsFragment,
} from '../../graph/operations.generated.ts';
import { shortTime } from '../../time.ts';
import { Deliveries } from './deliveries.tsx';
import { Replay } from './replay.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { eventNames, nameOf } from './words.ts';

interface RowProps {
  readonly webhook: WebhookPartsFragment;
  readonly onRotated: (webhook: WebhookPartsFragment, secret: string) => void;
  readonly onChanged: () => void;
}

type Dialog = 'change' | 'secret' | 'replay';

export function WebhookRow({ webhook, onRotated, onChanged }: RowProps) {
  const { id: endpointId, url, eventTypes, status } = webhook;
  const name = nameOf(webhook);
  const isDisabled = status === 'DISABLED';
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [news, setNews] = useState<string | null>(null);
  const [updateWebhook] = useMutation(UpdateWebhookEndpointDocument);
  const [deleteWebhook] = useMutation(DeleteWebhookEndpointDocument);
  const [rotateSecret] = useMutation(RotateWebhookSecretDocument);
  const [sendTest] = useMutation(SendTestWebhookDocument);
  const opens = (which: Dialog) => ({
    isOpen: dialog === which,
    onOpenChange: (opened: boolean) => setDialog(opened ? which : null),
  });
  const test = useSubmission({}, async () => {
    const { data } = await sendTest({ variables: { input: { endpointId } } });
    setOpen(true);
    return data?.sendTestWebhook?.userErrors ?? [];
  });
  const enable = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await updateWebhook({
          variables: { input: { endpointId, enabled: isDisabled, confirmation } },
        });
        return data?.updateWebhookEndpoint?.userErrors ?? [];
      }),
  );
  const remove = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await deleteWebhook({ variables: { input: { endpointId, confirmation } } });
        const { userErrors = [] } = data?.deleteWebhookEndpoint ?? {};
        if (userErrors.length === 0) onChanged();
        return userErrors;
      }),
  );
  return (
    <li className="webhook">
      <div className="session">
        <div>
          <p>{name}</p>
          <p className="row-detail">{url}</p>
          <p className="row-detail">{healthOf(webhook)}</p>
          <p className="row-detail">Events: {eventNames(eventTypes)}</p>
        </div>
        <div className="buttons">
          <Button
            aria-label={`${isOpen ? 'Hide' : 'Show'} events of ${name}`}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide events' : 'Show events'}
          </Button>
          <Button aria-label={`Change ${name}`} onPress={() => setDialog('change')}>
            Change
          </Button>
          <Button aria-label={`Make a new secret for ${name}`} onPress={() => setDialog('secret')}>
            New secret
          </Button>
          {!isDisabled && (
            <>
              <Button aria-label={`Send a test event to ${name}`} isPending={test.isPending} onPress={test.submit}>
                Test
              </Button>
              <Button aria-label={`Replay events to ${name}`} onPress={() => setDialog('replay')}>
                Replay events
              </Button>
            </>
          )}
          <Button
            aria-label={`${isDisabled ? 'Enable' : 'Disable'} ${name}`}
            isPending={enable.isPending}
            onPress={enable.submit}
          >
            {isDisabled ? 'Enable' : 'Disable'}
          </Button>
          <Button look="danger" aria-label={`Delete ${name}`} isPending={remove.isPending} onPress={remove.submit}>
            Delete
          </Button>
        </div>
      </div>
      {[test, enable, remove].map((submission, index) => (
        <GeneralRefusals key={index} submission={submission} />
      ))}
      {news !== null && <Notice kind="success">{news}</Notice>}
      {isOpen && <Deliveries webhookId={endpointId} name={name} />}
      <ConfirmDialog
        title={`Change ${name}`}
        text="A new URL gets all events from now on, also those that wait."
        {...opens('change')}
      >
        <WebhookForm
          label="Save"
          webhook={webhook}
          isInDialog
          save={async (fields) => {
            const { data } = await updateWebhook({ variables: { input: { endpointId, ...fields } } });
            const { userErrors = [] } = data?.updateWebhookEndpoint ?? {};
            if (userErrors.length === 0) setDialog(null);
            return userErrors;
          }}
        />
      </ConfirmDialog>
      <ConfirmDialog
        title={`New secret for ${name}`}
        text="The webhook gets a new secret. Requests are also signed with the old one until it stops."
        {...opens('secret')}
      >
        <NewSecretForm
          name={name}
          rotate={async (overlapHours, confirmation) => {
            const { data } = await rotateSecret({ variables: { input: { endpointId, overlapHours, confirmation } } });
            const { webhookSecret, userErrors = [] } = data?.rotateWebhookSecret ?? {};
            if (webhookSecret == null) return userErrors;
            setDialog(null);
            onRotated(webhookSecret.webhookEndpoint, webhookSecret.secret);
            return [];
          }}
        />
      </ConfirmDialog>
      <ConfirmDialog
        title={`Replay events to ${name}`}
        text="Each event keeps its ID, so that the program can ignore those that it has."
        {...opens('replay')}
      >
        <Replay
          webhookId={endpointId}
          name={name}
          onReplayed={(events) => {
            setDialog(null);
            setNews(events === 1 ? 'One event is sent again.' : `${events} events are sent again.`);
            onChanged();
          }}
        />
      </ConfirmDialog>
    </li>
  );
}

function healthOf({ status, disabledAt, disabledReason, oldSecretEndsAt }: WebhookPartsFragment): string {
  const old = oldSecretEndsAt == null ? '' : ` · The old secret signs until: ${shortTime(oldSecretEndsAt)}`;
  if (status === 'ENABLED') return `Enabled${old}`;
  if (status === 'FAILING') return `Failing: its latest requests failed${old}`;
  const since = disabledAt == null ? '' : `: ${shortTime(disabledAt)}`;
  const reasons = {
    OWNER: '',
    FAILING: ' · It accepted nothing for three days',
    GONE: ' · The program answered that it is gone',
  } as const;
  return `Disabled${since}${disabledReason == null ? '' : reasons[disabledReason]}`;
}
