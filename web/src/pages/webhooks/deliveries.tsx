import { useMutation, useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { GeneralRefusals, useSubmission } from '../../components/form.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Paging } from '../../components/paging.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import { Time } from '../../components/values.tsx';
import {
  RedeliverWebhookDocument,
  WebhookDeliveriesDocument,
  type WebhookDeliveryPartsFragment,
  type WebhookDeliveryStatus,
} from '../../graph/operations.generated.ts';
import { shortTime } from '../../time.ts';
import { faultWords } from './words.ts';

const perPage = 10;
/** An event is sent within seconds. */
const refreshedEveryMs = 5_000;

/** The events of a webhook, newest first, each with its requests. */
export function Deliveries({ webhookId, name }: { readonly webhookId: string; readonly name: string }) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const variables = { id: webhookId, first: perPage, after: cursors.at(-1) ?? null };
  const section = useRef<HTMLElement>(null);
  const { data, previousData, error, refetch } = useQuery(WebhookDeliveriesDocument, {
    variables,
    fetchPolicy: 'cache-and-network',
    pollInterval: refreshedEveryMs,
  });
  const again = () => void refetch();
  const page = (data ?? previousData)?.webhookEndpoint?.deliveries;
  if (page == null) return error === undefined ? <Loading count={2} /> : <Failed error={error} again={again} />;
  const { endCursor, hasNextPage } = page.pageInfo;
  const turn = (to: readonly string[]) => () => {
    setCursors(to);
    // The button that was pressed may be disabled on the other page.
    section.current?.focus();
  };
  return (
    <section ref={section} tabIndex={-1} aria-label={`Events of ${name}`}>
      {page.nodes.length === 0 ? (
        <p className="row-detail">No event yet. Send a test event to try it.</p>
      ) : (
        <ul className="deliveries">
          {page.nodes.map((delivery) => (
            <Delivery key={delivery.id} delivery={delivery} onSent={again} />
          ))}
        </ul>
      )}
      <Paging
        paging={{
          next: hasNextPage && endCursor !== null ? turn([...cursors, endCursor]) : null,
          previous: cursors.length > 0 ? turn(cursors.slice(0, -1)) : null,
        }}
      />
    </section>
  );
}

const statuses: Readonly<Record<WebhookDeliveryStatus, { label: string; tone: string; icon: IconName }>> = {
  PENDING: { label: 'Waiting', tone: 'waiting', icon: 'clock' },
  DELIVERED: { label: 'Delivered', tone: 'good', icon: 'check' },
  GIVEN_UP: { label: 'Given up', tone: 'bad', icon: 'cross' },
};

interface DeliveryProps {
  readonly delivery: WebhookDeliveryPartsFragment;
  readonly onSent: () => void;
}

function Delivery({ delivery, onSent }: DeliveryProps) {
  const { id, eventId, eventType, status, createdAt, nextAttemptAt, attempts } = delivery;
  const [redeliver] = useMutation(RedeliverWebhookDocument);
  const resend = useSubmission({}, async () => {
    const { data } = await redeliver({ variables: { input: { deliveryId: id } } });
    onSent();
    return data?.redeliverWebhook?.userErrors ?? [];
  });
  const { label, tone, icon } = statuses[status];
  return (
    <li className="delivery">
      <div className="row-line">
        <span>
          {eventType} · <Time at={createdAt} />
        </span>
        <span className={`badge badge-${tone}`}>
          <Icon name={icon} size={14} />
          {label}
        </span>
      </div>
      <p className="row-detail">Event ID: {eventId}</p>
      {nextAttemptAt != null && new Date(nextAttemptAt) > new Date() && (
        <p className="row-detail">Next request: {shortTime(nextAttemptAt)}</p>
      )}
      {attempts != null && attempts.length > 0 && (
        <ol className="attempts" aria-label={`Requests of ${eventType}`}>
          {attempts.map((attempt) => (
            <li key={attempt.id} className="row-detail">
              <Time at={attempt.createdAt} />: {outcomeOf(attempt)} It took {attempt.durationMs} ms.
              {attempt.excerpt != null && attempt.excerpt !== '' && <code className="excerpt">{attempt.excerpt}</code>}
            </li>
          ))}
        </ol>
      )}
      <GeneralRefusals submission={resend} />
      <div className="buttons">
        <Button
          look="quiet"
          aria-label={`Send again: ${eventType}`}
          isPending={resend.isPending}
          onPress={resend.submit}
        >
          Send again
        </Button>
      </div>
    </li>
  );
}

type Attempt = NonNullable<WebhookDeliveryPartsFragment['attempts']>[number];

function outcomeOf({ status, fault }: Attempt): string {
  if (fault != null) return faultWords[fault];
  return `The answer was ${status}.`;
}
