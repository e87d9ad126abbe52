import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Checkboxes } from '../../components/checkboxes.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import type { WebhookEventType, WebhookPartsFragment } from '../../graph/operations.generated.ts';
import type { Refusals } from '../../session/session.ts';
import { eventChoices } from './words.ts';

/** What a person says of a webhook. */
export interface WebhookFields {
  readonly url: string;
  readonly eventTypes: readonly WebhookEventType[];
  readonly description: string;
  readonly confirmation: string | null;
}

/** The form of a new webhook, or of one that is changed. */
export function WebhookForm({
  label,
  webhook,
  save,
  isInDialog = false,
}: {
  readonly label: string;
  /** The webhook as it is; undefined for a new one. */
  readonly webhook?: WebhookPartsFragment;
  /** The form is emptied where this returns no refusal, unless it is in a dialog. */
  readonly save: (fields: WebhookFields) => Promise<Refusals>;
  readonly isInDialog?: boolean;
}) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [eventTypes, setEventTypes] = useState<readonly WebhookEventType[]>(webhook?.eventTypes ?? []);
  const problems = {
    url: URL.canParse(url.trim()) ? null : 'Enter a URL, such as https://shop.example/webhooks.',
    eventTypes: eventTypes.length === 0 ? 'Choose at least one event.' : null,
    description: null,
  };
  const submission = useSubmission(
    problems,
    async () =>
      await confirmed(async (confirmation) => {
        const refusals = await save({ url: url.trim(), eventTypes, description, confirmation });
        if (refusals.length === 0 && !isInDialog) {
          setUrl('');
          setDescription('');
          setEventTypes([]);
        }
        return refusals;
      }),
  );
  return (
    <Form submission={submission} label={label}>
      <TextInput
        label="URL"
        name="url"
        maxLength={2_000}
        value={url}
        onChange={setUrl}
        autoComplete="off"
        hint="It gets a request for each event. It needs https and a public address."
        isRequired
      />
      <Checkboxes
        label="Events"
        name="eventTypes"
        choices={eventChoices}
        chosen={eventTypes}
        onChange={(chosen) => setEventTypes(chosen as readonly WebhookEventType[])}
      />
      <TextInput
        label="Description"
        name="description"
        maxLength={200}
        value={description}
        onChange={setDescription}
        autoComplete="off"
        hint="Optional. Messages about the webhook name it."
      />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={submission.isPending}>
          {label}
        </Button>
        {isInDialog && <Button slot="close">Cancel</Button>}
      </div>
    </Form>
  );
}
