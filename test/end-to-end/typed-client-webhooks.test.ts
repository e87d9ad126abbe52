import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { InvalidWebhook, verifyWebhook } from '../../clients/typescript/src/webhooks.ts';

/** Verification of webhooks in the typed client, of requests that the library of Standard Webhooks signed. */

const [secret, otherSecret] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'];
const event = { type: 'webhook.test', version: 1, sequence: 1, data: { endpointId: 'é' } };
const body = JSON.stringify(event);

/** The headers of a request that was signed some seconds ago. */
function headersOf(signers: readonly string[], agoS = 0, content = body) {
  const at = new Date(Date.now() - agoS * 1_000);
  return {
    'webhook-id': 'one',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signers.map((signer) => new Webhook(signer).sign('one', at, content)).join(' '),
  };
}

describe('a signed request', () => {
  const headers = headersOf([secret]);
  test.each([
    ['of Node', { secret, headers, body: Buffer.from(body) }],
    ['of fetch', { secret, headers: new Headers(headers), body }],
    ['with other capitals', { secret, headers: { 'Webhook-Id': 'one', ...headers }, body }],
    ['that an old and a new secret signed', { secret, headers: headersOf([otherSecret, secret]), body }],
    ['for a receiver with two secrets', { secret: [otherSecret, secret], headers, body }],
    ['from four minutes ago', { secret, headers: headersOf([secret], 240), body }],
  ])('%s is verified', async (_what, request) => {
    expect(await verifyWebhook(request)).toEqual({ id: 'one', event });
  });
});

describe('a request', () => {
  const headers = headersOf([secret]);
  const { 'webhook-id': _id, ...withoutId } = headers;
  const unsigned = (signature: string) => ({ ...headers, 'webhook-signature': signature });
  test.each([
    ['that another secret signed', { headers: headersOf([otherSecret]) }],
    ['with another body', { body: `${body} ` }],
    ['with another id', { headers: { ...headers, 'webhook-id': 'two' } }],
    ['without an id', { headers: withoutId }],
    ['with two ids', { headers: { ...headers, 'webhook-id': ['one', 'one'] } }],
    ['without a signature', { headers: unsigned('') }],
    ['with another version', { headers: unsigned(headers['webhook-signature'].replace('v1,', 'v2,')) }],
    ['with a signature that is not base64', { headers: unsigned('v1,*') }],
    ['with its signature after many', { headers: unsigned(`${'v1,AA== '.repeat(50)}${headers['webhook-signature']}`) }],
    ['from six minutes ago', { headers: headersOf([secret], 360) }],
    ['from the future', { headers: headersOf([secret], -360) }],
    ['with a time that is no number', { headers: { ...headers, 'webhook-timestamp': '1e9' } }],
    ['whose body is no event', { body: 'null', headers: headersOf([secret], 0, 'null') }],
    ['whose body is no JSON', { body: '{', headers: headersOf([secret], 0, '{') }],
  ])('%s is refused', async (_what, changes) => {
    await expect(verifyWebhook({ secret, headers, body, ...changes })).rejects.toThrow(InvalidWebhook);
  });

  test.each(['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_', 'whsec_*'])(
    'for a receiver with the malformed secret %s is an error of the receiver',
    async (malformed) => {
      await expect(verifyWebhook({ secret: malformed, headers, body })).rejects.toThrow(TypeError);
    },
  );
});
