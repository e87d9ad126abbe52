import type { Customer } from './customer.ts';

/** Creates a webhook for all events, and sends it a test event. */
export async function createWebhook(
  customer: Pick<Customer, 'request' | 'confirm'>,
  url: string,
  description = '',
): Promise<{ readonly id: string; readonly secret: string }> {
  const eventTypes = ['ORDER_PAID', 'ORDER_REJECTED', 'ORDER_REFUNDED', 'TRANSFER_RECEIVED', 'TRANSFER_SENT'];
  const input = { url, eventTypes, description, confirmation: await customer.confirm() };
  const { createWebhookEndpoint: created } = await customer.request<{
    createWebhookEndpoint: { webhookSecret: { webhookEndpoint: { id: string }; secret: string } };
  }>(
    'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { webhookSecret { webhookEndpoint { id } secret } userErrors { code } } }',
    { input },
  );
  const { webhookEndpoint, secret } = created.webhookSecret;
  await customer.request(
    'mutation ($input: SendTestWebhookInput!) { sendTestWebhook(input: $input) { userErrors { code } } }',
    { input: { endpointId: webhookEndpoint.id } },
  );
  return { id: webhookEndpoint.id, secret };
}
