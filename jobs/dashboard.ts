import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { errorBody } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import type { AnyQueue } from './queue-server.ts';
import { payload } from './queues/contract.ts';

const prefix = '/queues';

/** The browser loads only the dashboard's own files. The policy blocks the external font that the page requests. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The only allowed change: a retry of failed jobs. A retry is safe because each effect is idempotent. Operators cannot
 * add or edit jobs, because a worker trusts the jobs in its queue.
 */
const allowedChanges = /^PUT \/queues\/api\/queues\/[^/]+\/(?:[^/]+\/retry|retry\/failed)$/;

interface Dashboard {
  readonly password: string;
  /** Returns the open queues. They may open after the server starts to listen. */
  readonly queues: () => readonly AnyQueue[];
  /** Whether the queue server knows which workers a queue has. If not, the page shows no workers. */
  readonly knowsWorkers: boolean;
}

/** Serves the dashboard at `/queues` to operators who have the password. */
export async function serveDashboard(http: Http, { password, queues, knowsWorkers }: Dashboard): Promise<void> {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(prefix);
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Wallet and orders', hideRedisDetails: true, showWorkers: knowsWorkers } },
  });
  let shown = 0;
  const showOpened = () => {
    const opened = queues();
    if (opened.length === shown) return;
    shown = opened.length;
    board.replaceQueues(opened.map(adapterOf));
  };
  await http.register(
    async (pages) => {
      pages.addHook('onRequest', async (request, reply) => {
        showOpened();
        void reply.header('content-security-policy', contentSecurityPolicy);
        void reply.header('x-content-type-options', 'nosniff');
        return await refusal(request, reply, password);
      });
      await pages.register(adapter.registerPlugin());
    },
    { prefix },
  );
}

function adapterOf(queue: AnyQueue): BullMQAdapter {
  const adapter = new BullMQAdapter(queue as Queue);
  adapter.setFormatter('data', shownData);
  return adapter;
}

/** Replaces personal data by `…`: ids identify the customers. For an invalid payload it shows only what is wrong. */
function shownData(data: unknown): unknown {
  const read = payload.safeParse(data);
  if (!read.success) return { fault: z.prettifyError(read.error) };
  return { ...read.data, items: read.data.items.map(withoutPerson) };
}

function withoutPerson(item: unknown): unknown {
  return JSON.parse(
    JSON.stringify(item, (field, value: unknown) => (personal.has(field) && value !== null ? '…' : value)),
  );
}

const personal = new Set(['email', 'name', 'senderName', 'description']);

async function refusal(request: FastifyRequest, reply: FastifyReply, password: string): Promise<unknown> {
  const { method, headers, url } = request;
  if (!isPassword(headers.authorization, password)) {
    void reply.header('www-authenticate', 'Basic realm="queues", charset="UTF-8"');
    return await reply.code(401).send(errorBody('UNAUTHENTICATED', 'Sign in with the password of the dashboard.'));
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  // A browser also sends the password with requests from pages of other sites.
  const isSameOrigin = headers['sec-fetch-site'] === 'same-origin' || headers['sec-fetch-site'] === undefined;
  if (isSameOrigin && allowedChanges.test(`${method} ${url.split('?')[0]}`)) return undefined;
  return await reply.code(403).send(errorBody('FORBIDDEN', 'You can only retry failed jobs here.'));
}

const longestAuthorization = 1_000;

/** Accepts any user name. The digests have equal length, so the comparison time reveals nothing about the password. */
function isPassword(authorization: string | undefined, password: string): boolean {
  if (authorization !== undefined && authorization.length > longestAuthorization) return false;
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const given = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(password));
}
