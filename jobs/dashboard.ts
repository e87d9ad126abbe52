import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { errorBody } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import type { AnyQueue } from './broker.ts';
import { payload } from './queues/contract.ts';

const prefix = '/queues';

/** The page brings all that it needs but a font of somebody else's, which it does without. */
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
 * All that can be changed there is that a failed job is tried again, which does nothing twice. A job that somebody could
 * add or edit would be believed by who works on it.
 */
const changes = /^PUT \/queues\/api\/queues\/[^/]+\/(?:[^/]+\/retry|retry\/failed)$/;

interface Dashboard {
  readonly password: string;
  /** They may open later than the server listens. */
  readonly queues: () => readonly AnyQueue[];
  /** Whether the queue server knows which workers a queue has; where it does not, the page does not mention them. */
  readonly knowsWorkers: boolean;
}

/** Shows the queues at `/queues`, to callers who have the password. */
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

/** Whom items are about can be told by ids. A payload that cannot be read is not shown. */
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
    return await reply.code(401).send(errorBody('UNAUTHENTICATED', 'The password of the dashboard is needed.'));
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  // Browsers send the password along with what pages of other sites ask.
  const isOwn = headers['sec-fetch-site'] === 'same-origin' || headers['sec-fetch-site'] === undefined;
  if (isOwn && changes.test(`${method} ${url.split('?')[0]}`)) return undefined;
  return await reply
    .code(403)
    .send(errorBody('FORBIDDEN', 'Nothing can be changed here, but failed jobs tried again.'));
}

const longestAuthorization = 1_000;

/** Any user's name will do. Digests are of one length, and compared in a time that tells nothing. */
function isPassword(authorization: string | undefined, password: string): boolean {
  if (authorization !== undefined && authorization.length > longestAuthorization) return false;
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const given = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(password));
}
