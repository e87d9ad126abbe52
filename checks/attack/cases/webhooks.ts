import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import type { World } from '../world.ts';

/** Webhooks: where their requests may go, and whose they are. No setting allows these targets. */

const targets: readonly (readonly [what: string, url: string])[] = [
  ['the metadata service', 'http://169.254.169.254/latest/meta-data'],
  ['the metadata service as a number', 'http://2852039166/'],
  ['the metadata service in hexadecimal', 'http://0xA9FEA9FE/'],
  ['the metadata service in octal', 'http://0251.0376.0251.0376/'],
  ['the metadata service in full-width digits', 'http://１６９.254.169.254/'],
  ['the metadata service within IPv6', 'http://[::ffff:169.254.169.254]/'],
  ['the metadata service behind NAT64', 'http://[64:ff9b::a9fe:a9fe]/'],
  ['the metadata service over IPv6', 'http://[fd00:ec2::254]/'],
  ['a link-local address', 'http://[fe80::1]/'],
  ['the unspecified address', 'http://0.0.0.0/'],
  ['a multicast address', 'http://224.0.0.1/'],
  ['a network of providers', 'http://100.64.0.1/'],
  ['a user name and a password', 'https://user:password@shop.example/'],
  ['a fragment', 'https://shop.example/#fragment'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['another protocol', 'gopher://shop.example/'],
  ['a line break', 'https://shop.example/\r\nhost: other'],
  ['no host', 'https://'],
  ['a long path', `https://shop.example/${'x'.repeat(5_000)}`],
];

const create = `mutation ($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { webhookSecret { secret } userErrors { code field } }
}`;

/** The URL is refused in addition to the missing confirmation. */
export const webhookCases: readonly Case[] = [
  ...targets.map(([what, url]): Case => ({
    title: `a webhook to ${what}`,
    request: async ({ request, eve }) =>
      await request(create, { variables: { input: { url, eventTypes: ['ORDER_PAID'] } }, token: eve.token }),
    expected: { code: null, userError: 'INVALID_URL' },
  })),
  {
    title: 'a webhook with an access token alone',
    request: async ({ request, eve }) =>
      await request(create, {
        variables: { input: { url: 'https://thief.example/', eventTypes: ['ORDER_PAID'] } },
        token: eve.token,
      }),
    expected: { code: null, userError: 'CONFIRMATION_REQUIRED' },
  },
  ...(['sendTestWebhook', 'replayWebhooks'] as const).map((field): Case => ({
    title: `${field} of an unknown webhook`,
    request: async ({ request, eve }) => {
      const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
      const period = field === 'replayWebhooks' ? { from: new Date(Date.now() - 60_000).toISOString() } : {};
      const query = `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code field } } }`;
      return await request(query, { variables: { input: { endpointId: randomUUID(), ...period } }, token: eve.token });
    },
    expected: { code: null, userError: 'NOT_FOUND' },
  })),
];

/** With a token of an API client of Eve that may only read orders. */
export const webhookTokenCases: readonly Case[] = [
  {
    title: 'a webhook by an API client that may read orders',
    request: async (world) =>
      await world.request(create, {
        variables: { input: { url: 'https://thief.example/', eventTypes: ['ORDER_PAID'] } },
        token: orderReader(world),
      }),
    expected: { code: ['INSUFFICIENT_SCOPE', 'FORBIDDEN'] },
  },
  {
    title: 'the webhooks, read by an API client that may read orders',
    request: async (world) =>
      await world.request('{ viewer { webhookEndpoints { url } } }', { token: orderReader(world) }),
    expected: { code: ['INSUFFICIENT_SCOPE', 'FORBIDDEN'] },
  },
];

function orderReader({ intruders }: World): string {
  if (intruders === null) throw new Error('the keys of the system are not known');
  return intruders.orderReader;
}
