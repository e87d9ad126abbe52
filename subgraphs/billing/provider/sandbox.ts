import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { request } from 'undici';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { formatAmount, parseAmount } from '#platform/money/money.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { type EventReader, InvalidEvent, type PaymentProvider, type PaymentReport } from './port.ts';

/** The connector of the sandbox provider (tools/sandbox-provider). Its API has the form that many providers have. */

export interface SandboxOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly signal?: AbortSignal;
}

const timeoutMs = 10_000;
const longestAnswer = 100_000;

const stated = z.object({
  id: z.string().min(1).max(200),
  reference: z.uuid(),
  amount: z.string().max(40),
  currency: z.enum(currencies),
  state: z.enum(['pending', 'completed', 'failed']),
  failure: z.string().min(1).max(200).nullish(),
});
const created = stated.extend({ payUrl: z.url({ protocol: /^https?$/ }).max(2_000) });

export function sandboxProvider({ url, apiKey }: SandboxOptions): PaymentProvider {
  const send = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await request(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const text = await answer.body.text();
    if (text.length > longestAnswer) throw new Error('the answer of the provider is too long');
    return { status: answer.statusCode, text };
  };
  return {
    createPayment: async ({ reference, amountMinor: minor, currency }) => {
      const amount = formatAmount({ minor, currency });
      const { status, text } = await send('POST', '/payments', { reference, amount, currency });
      if (status === 422) return { refusedBecause: 'REFUSED_BY_PROVIDER' };
      if (status !== 200) throw new Error(`the provider answered with status ${status}`);
      const { id, payUrl } = created.parse(JSON.parse(text));
      return { providerId: id, payUrl };
    },
    findPayment: async (reference) => {
      const { status, text } = await send('GET', `/payments/${reference}`);
      if (status === 404) return null;
      if (status !== 200) throw new Error(`the provider answered with status ${status}`);
      return reportOf(JSON.parse(text));
    },
  };
}

/** @param secret with which the provider signs its events, as Standard Webhooks writes it. */
export function sandboxEvents(secret: string): EventReader {
  const webhook = new Webhook(secret);
  return {
    read: ({ id, timestamp, signature, body }) => {
      try {
        // It also refuses a timestamp that is more than five minutes away.
        const event: unknown = webhook.verify(body, {
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signature,
        });
        return reportOf(z.object({ data: z.unknown() }).parse(event).data);
      } catch (error) {
        if (error instanceof WebhookVerificationError || error instanceof SyntaxError || error instanceof z.ZodError) {
          throw new InvalidEvent(error.message, { cause: error });
        }
        throw error;
      }
    },
  };
}

function reportOf(answer: unknown): PaymentReport {
  const { id, reference, amount, currency, state, failure } = stated.parse(answer);
  const decimal = parseDecimal(amount);
  const parsed = decimal === null ? null : parseAmount({ amount: decimal, currency }, []);
  if (parsed === null || isRefusal(parsed)) throw new InvalidEvent('the amount of the provider is malformed');
  return {
    reference,
    providerId: id,
    state: state === 'pending' ? 'PENDING' : state === 'completed' ? 'COMPLETED' : 'FAILED',
    amountMinor: parsed.minor,
    currency,
    failure: failure ?? null,
  };
}
