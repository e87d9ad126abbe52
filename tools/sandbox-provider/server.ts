import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

/**
 * A payment provider for trials and tests: it creates payments, shows them, and posts signed events. It keeps everything
 * in memory, and moves no money.
 */

export interface SandboxOptions {
  readonly port: number;
  readonly apiKey: string;
  readonly secret: string;
  /** Where it posts its events; null to post none. */
  readonly eventsUrl: string | null;
}

const wanted = z.object({ reference: z.uuid(), amount: z.string().max(40), currency: z.string().length(3) });

export interface SandboxPayment extends z.infer<typeof wanted> {
  readonly id: string;
  readonly state: 'pending' | 'completed' | 'failed';
  readonly failure: string | null;
  readonly changedAt: string;
}

/** How an event differs from a true one. */
export interface Lies {
  readonly amount?: string;
  readonly reference?: string;
  readonly secret?: string;
  readonly timestamp?: Date;
  readonly state?: SandboxPayment['state'];
}

export interface Sandbox {
  readonly url: string;
  readonly payments: ReadonlyMap<string, SandboxPayment>;
  /** The next calls of the API get no answer. */
  silent: boolean;
  /** Ends a payment without an event. */
  readonly end: (reference: string, state: 'completed' | 'failed') => void;
  /** Posts an event about a payment. Returns the status of the answer. */
  readonly post: (reference: string, lies?: Lies) => Promise<number>;
  readonly close: () => Promise<void>;
}

const timeoutMs = 10_000;
const longestBody = 10_000;

export async function startSandbox({ port, apiKey, secret, eventsUrl }: SandboxOptions): Promise<Sandbox> {
  const payments = new Map<string, SandboxPayment>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (sandbox.silent) return;
    const { method, headers, url = '/' } = request;
    const page = /^\/pay\/([\w-]+)(\/pay|\/fail)?$/.exec(url);
    if (page !== null) return await showPage(response, method, page[1]!, page[2]);
    if (headers.authorization !== `Bearer ${apiKey}`) return send(response, 401, { error: 'wrong key' });
    const day = /^\/days\/(\d{4}-\d{2}-\d{2})$/.exec(url)?.[1];
    if (day !== undefined) {
      const rows = [...payments.values()].filter(({ changedAt }) => changedAt.startsWith(day));
      return send(response, 200, { payments: rows });
    }
    const found = payments.get(/^\/payments\/([\w-]+)$/.exec(url)?.[1] ?? '');
    if (method === 'GET') return found === undefined ? send(response, 404, {}) : send(response, 200, found);
    if (method !== 'POST' || url !== '/payments') return send(response, 404, {});
    const parsed = wanted.safeParse(JSON.parse(await bodyOf(request)));
    if (!parsed.success) return send(response, 422, { error: 'malformed' });
    const { reference } = parsed.data;
    // A repeated request gets the same payment.
    const payment = payments.get(reference) ?? change({ ...parsed.data, id: `pay_${randomUUID()}`, state: 'pending' });
    return send(response, 200, { ...payment, payUrl: `${sandbox.url}/pay/${reference}` });
  }

  /** The page where a customer pays in a trial. */
  async function showPage(response: ServerResponse, method = 'GET', reference: string, act = ''): Promise<void> {
    const payment = payments.get(reference);
    if (payment === undefined) return send(response, 404, {});
    if (method === 'POST' && act !== '' && payment.state === 'pending') {
      sandbox.end(reference, act === '/pay' ? 'completed' : 'failed');
      await sandbox.post(reference).catch(() => 0);
    }
    const { state, amount, currency } = payments.get(reference)!;
    const button = (to: string, label: string) =>
      `<form method="post" action="/pay/${reference}/${to}"><button>${label}</button></form>`;
    const buttons = state === 'pending' ? `${button('pay', 'Pay')}${button('fail', 'Refuse')}` : '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>Sandbox provider</title><h1>${amount} ${currency}: ${state}</h1>${buttons}`);
  }

  function change(changes: Omit<SandboxPayment, 'changedAt' | 'failure'>): SandboxPayment {
    const failure = changes.state === 'failed' ? 'CARD_DECLINED' : null;
    const payment = { ...changes, failure, changedAt: new Date().toISOString() };
    payments.set(payment.reference, payment);
    return payment;
  }

  const sandbox: Sandbox = {
    url: '',
    payments,
    silent: false,
    end: (reference, state) => void change({ ...payments.get(reference)!, state }),
    post: async (reference, lies = {}) => {
      if (eventsUrl === null) throw new Error('there is no URL for events');
      const { secret: otherSecret, timestamp = new Date(), ...changes } = lies;
      const body = JSON.stringify({ type: 'payment', data: { ...payments.get(reference), ...changes } });
      const id = `evt_${randomUUID()}`;
      const signature = new Webhook(otherSecret ?? secret).sign(id, timestamp, body);
      const response = await fetch(eventsUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1_000)),
          'webhook-signature': signature,
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.text();
      return response.status;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return Object.assign(sandbox, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > longestBody) throw new Error('the request is too long');
  }
  return body;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
