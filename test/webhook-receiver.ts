import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { until } from './until.ts';

/** A request that a receiver of webhooks got. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a receiver answers: a status, or nothing at all. */
export interface ReceiverAnswer {
  readonly status: number | 'none';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real HTTP server that gets webhooks. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  /** Decides the answer of each request from now on. */
  answer: (request: ReceivedWebhook) => ReceiverAnswer;
  readonly receives: (count: number) => Promise<void>;
  /** Closes the connections of all requests without an answer. */
  readonly hangUp: () => void;
  readonly close: () => Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const got = { path, headers, body: Buffer.concat(chunks).toString() };
      received.push(got);
      const { status, body = '', headers: added = {} } = receiver.answer(got);
      if (status !== 'none') response.writeHead(status, added).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answer: () => ({ status: 204 }),
    receives: async (count) => void (await until(`${count} webhooks`, () => received.length >= count)),
    hangUp: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** The event of a request, after the library for receivers has verified its signature. */
export function verifiedEvent(secret: string, { body, headers }: ReceivedWebhook): ReceivedEvent {
  const event = new Webhook(secret).verify(body, headers as Record<string, string>) as Omit<ReceivedEvent, 'id'>;
  return { ...event, id: String(headers['webhook-id']) };
}
