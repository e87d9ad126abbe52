import { pageInfo, userErrors, webhookDelivery, webhookEndpoint } from '../fragments.ts';
import type { Route } from '../route.ts';

const tag = 'Webhooks';

/** The refusals of a webhook that a customer describes. */
const invalid: readonly string[] = [
  'CONFIRMATION_REQUIRED',
  'INVALID_URL',
  'INVALID_EVENT_TYPES',
  'INVALID_DESCRIPTION',
];

export const webhooks: readonly Route[] = [
  {
    method: 'POST',
    path: '/webhook-endpoints',
    tag,
    summary: 'Create a webhook. The secret is shown only here.',
    document: `mutation RestCreateWebhook(
  $url: String!, $eventTypes: [WebhookEventType!]!, $description: String, $confirmation: String
) {
  payload: createWebhookEndpoint(
    input: { url: $url, eventTypes: $eventTypes, description: $description, confirmation: $confirmation }
  ) { webhookSecret { webhookEndpoint { ...WebhookEndpoint } secret } ${userErrors} }
}
${webhookEndpoint}`,
    result: ['payload', 'webhookSecret'],
    answer: { kind: 'made', location: '/webhook-endpoints/{webhookEndpoint.id}' },
    refusals: [...invalid, 'TOO_MANY_WEBHOOKS'],
  },
  {
    method: 'GET',
    path: '/webhook-endpoints',
    tag,
    summary: 'List the webhooks, oldest first.',
    document: `query RestWebhooks { viewer { webhookEndpoints { ...WebhookEndpoint } } }
${webhookEndpoint}`,
    result: ['viewer', 'webhookEndpoints'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/webhook-endpoints/{endpointId}',
    tag,
    summary: 'Read a webhook.',
    document: `query RestWebhook($endpointId: ID!) { webhookEndpoint(id: $endpointId) { ...WebhookEndpoint } }
${webhookEndpoint}`,
    result: ['webhookEndpoint'],
    answer: { kind: 'object' },
  },
  {
    method: 'PATCH',
    path: '/webhook-endpoints/{endpointId}',
    tag,
    summary: 'Change, disable or enable a webhook. A member that is left out or null stays as it is.',
    document: `mutation RestUpdateWebhook(
  $endpointId: ID!, $url: String, $eventTypes: [WebhookEventType!], $description: String, $enabled: Boolean,
  $confirmation: String
) {
  payload: updateWebhookEndpoint(input: {
    endpointId: $endpointId, url: $url, eventTypes: $eventTypes, description: $description, enabled: $enabled,
    confirmation: $confirmation
  }) { webhookEndpoint { ...WebhookEndpoint } ${userErrors} }
}
${webhookEndpoint}`,
    result: ['payload', 'webhookEndpoint'],
    answer: { kind: 'changed' },
    refusals: [...invalid, 'NOT_FOUND'],
  },
  {
    method: 'DELETE',
    path: '/webhook-endpoints/{endpointId}',
    tag,
    summary: 'Delete a webhook with its deliveries.',
    document: `mutation RestDeleteWebhook($endpointId: ID!, $confirmation: String) {
  payload: deleteWebhookEndpoint(input: { endpointId: $endpointId, confirmation: $confirmation }) {
    webhookEndpoint { id } ${userErrors}
  }
}`,
    result: ['payload', 'webhookEndpoint'],
    answer: { kind: 'nothing' },
    refusals: ['CONFIRMATION_REQUIRED', 'NOT_FOUND'],
  },
  {
    method: 'POST',
    path: '/webhook-endpoints/{endpointId}/secret',
    tag,
    summary: 'Give a webhook a new secret, which is shown only here. The old one signs too for some hours.',
    document: `mutation RestRotateWebhookSecret($endpointId: ID!, $overlapHours: Int, $confirmation: String) {
  payload: rotateWebhookSecret(
    input: { endpointId: $endpointId, overlapHours: $overlapHours, confirmation: $confirmation }
  ) { webhookSecret { webhookEndpoint { ...WebhookEndpoint } secret } ${userErrors} }
}
${webhookEndpoint}`,
    result: ['payload', 'webhookSecret'],
    answer: { kind: 'changed' },
    refusals: ['CONFIRMATION_REQUIRED', 'INVALID_TIME', 'NOT_FOUND'],
  },
  {
    method: 'POST',
    path: '/webhook-endpoints/{endpointId}/test',
    tag,
    summary: 'Send a test event to a webhook.',
    document: `mutation RestTestWebhook($endpointId: ID!) {
  payload: sendTestWebhook(input: { endpointId: $endpointId }) {
    webhookDelivery { ...WebhookDelivery } ${userErrors}
  }
}
${webhookDelivery}`,
    result: ['payload', 'webhookDelivery'],
    answer: { kind: 'changed' },
    refusals: ['NOT_FOUND', 'WEBHOOK_DISABLED', 'TOO_MANY_ATTEMPTS'],
  },
  {
    method: 'GET',
    path: '/webhook-endpoints/{endpointId}/deliveries',
    tag,
    summary: 'List the events for a webhook, newest first, each with its requests.',
    document: `query RestWebhookDeliveries(
  $endpointId: ID!, $first: Int = 20, $after: String, $statuses: [WebhookDeliveryStatus!]
) {
  webhookEndpoint(id: $endpointId) {
    deliveries(first: $first, after: $after, statuses: $statuses) { nodes { ...WebhookDelivery } ${pageInfo} }
  }
}
${webhookDelivery}`,
    result: ['webhookEndpoint', 'deliveries'],
    answer: { kind: 'list' },
  },
  {
    method: 'POST',
    path: '/webhook-deliveries/{deliveryId}/redeliver',
    tag,
    summary: 'Send an event again. It keeps its id.',
    document: `mutation RestRedeliverWebhook($deliveryId: ID!) {
  payload: redeliverWebhook(input: { deliveryId: $deliveryId }) {
    webhookDelivery { ...WebhookDelivery } ${userErrors}
  }
}
${webhookDelivery}`,
    result: ['payload', 'webhookDelivery'],
    answer: { kind: 'changed' },
    refusals: ['NOT_FOUND', 'WEBHOOK_DISABLED', 'TOO_MANY_ATTEMPTS'],
  },
  {
    method: 'POST',
    path: '/webhook-endpoints/{endpointId}/replay',
    tag,
    summary: 'Send the events of a period to a webhook again. Repeat it from `nextFrom` until that is null.',
    document: `mutation RestReplayWebhooks($endpointId: ID!, $from: DateTime!, $to: DateTime) {
  payload: replayWebhooks(input: { endpointId: $endpointId, from: $from, to: $to }) {
    webhookReplay { events nextFrom } ${userErrors}
  }
}`,
    result: ['payload', 'webhookReplay'],
    answer: { kind: 'changed' },
    refusals: ['NOT_FOUND', 'INVALID_TIME', 'WEBHOOK_DISABLED', 'TOO_MANY_ATTEMPTS'],
  },
];
