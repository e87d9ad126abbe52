import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createHttp, type Http } from '#platform/http/http.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { queueServers, type QueueServer, warnWithoutRedis } from '#test/queue-servers.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { until } from '#test/until.ts';
import { type Broker, knowsWorkers, openBroker } from './broker.ts';
import { serveDashboard } from './dashboard.ts';
import { processor } from './processor.ts';
import { outboxId, type QueueContract } from './queues/contract.ts';
import { dispatch, type Services, type Step } from './worker.ts';

warnWithoutRedis();

const log = createLog('test', 'silent');
const keys = testJobKeys('order');
const password = 'a password that is hard to guess';
const personal = { email: z.string(), name: z.string(), senderName: z.string(), description: z.string() };
const item = z.object({ outboxId, ...personal });
type Item = z.infer<typeof item>;

const queue: QueueContract<Item> = {
  name: 'letters',
  group: 'order',
  row: null,
  about: 'letters',
  item,
  policy: { attempts: 5, backoffMs: 10, attemptsOfItem: 2 },
};
const close: QueueContract<{ outboxId: string; key: string; failure: string | null }> = {
  name: 'close-letters',
  group: 'order',
  row: null,
  about: 'outcomes',
  item: z.object({ outboxId, key: z.string(), failure: z.string().nullable() }),
  policy: queue.policy,
};

interface ShownJob {
  readonly id: string;
  readonly failedReason: string;
  readonly data: { readonly items?: readonly { readonly outboxId: string }[] };
}

interface Page {
  readonly queues: readonly {
    readonly name: string;
    readonly hasWorkers: boolean | null;
    readonly jobs: readonly ShownJob[];
  }[];
}

describe.each(queueServers)('the dashboard of queues on %s', (_name, startServer) => {
  let server: QueueServer;
  let broker: Broker;
  let http: Http;
  let isFixed: boolean;
  let done: readonly string[];
  let letter = 0;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => await server.stop());

  beforeEach(async () => {
    [isFixed, done] = [false, []];
    broker = await openBroker(server.address, [queue, close], log, new AbortController().signal);
    http = createHttp({ log, bodyLimit: 1_000 });
    await serveDashboard(http, { password, queues: () => broker.queues, knowsWorkers: knowsWorkers(server.address) });
    await http.listen({ host: '127.0.0.1', port: 0 });
    for (const worker of [letters, closing]) broker.work(worker, processor(worker, {} as Services, keys, log), keys);
  });
  afterEach(async () => {
    await http.close();
    await broker.close();
  });

  const letters: Step = {
    queue,
    run: async (_services, items: readonly Item[]) => {
      if (!isFixed) throw new Error('the paper is out');
      done = [...done, ...items.map(({ outboxId }) => outboxId)];
      return {};
    },
    next: [],
    close,
    signers: ['order'],
  };
  const closing: Step = {
    queue: close,
    run: async () => ({}),
    next: [],
    close: null,
    signers: ['order'],
  };

  async function request(
    path: string,
    { method = 'GET', as = password, headers = {} }: RequestInput = {},
  ): Promise<Response> {
    const address = http.server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen');
    const authorization = `Basic ${Buffer.from(`any-user:${as}`).toString('base64')}`;
    return await fetch(`http://127.0.0.1:${address.port}/queues${path}`, {
      method,
      headers: { authorization, ...headers },
    });
  }

  interface RequestInput {
    readonly method?: string;
    readonly as?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  /** Adds a job whose item always fails, and waits until it is dead-lettered. */
  async function deadLetter() {
    letter += 1;
    const outboxId = String(letter);
    const about = { email: 'ada@example.com', name: 'Ada', senderName: 'Ada', description: 'from Ada' };
    await broker.enqueue([dispatch(queue, [{ outboxId, ...about }])], keys);
    return await until('the job to be shown as failed', async () => {
      const response = await request('/api/queues?activeQueue=letters&status=failed&page=1&jobsPerPage=10');
      const { queues } = (await response.json()) as Page;
      return (
        queues
          .find(({ name }) => name === 'letters')!
          .jobs.find(({ data }) => data.items?.[0]?.outboxId === outboxId) ?? null
      );
    });
  }

  test('shows a failed job with its reason, and shows the ids of its customer but no personal data', async () => {
    const { id, failedReason } = await deadLetter();
    expect(failedReason).toBe('the paper is out');
    const shown = await (await request(`/api/queues/letters/${id}`)).text();
    expect(shown).toContain(`"outboxId":"${letter}"`);
    expect(shown).not.toMatch(/ada|example\.com/i);
  });

  test('shows what is wrong with an invalid payload, and no other data of it', async () => {
    const added = await broker.queues[0]!.add('letters', { version: 0, letters: [{ email: 'ada@example.com' }] });
    const shown = await (await request(`/api/queues/letters/${added.id}`)).text();
    expect(shown).toContain('version');
    expect(shown).not.toMatch(/ada|example\.com/i);
  });

  test('retries a failed job, which then succeeds', async () => {
    const { id } = await deadLetter();
    isFixed = true;
    const answer = await request(`/api/queues/letters/${id}/retry`, { method: 'PUT' });
    expect(answer.status).toBeLessThan(300);
    await until('the job to be done', () => done.includes(String(letter)));
  });

  test('refuses a request without the password', async () => {
    for (const as of ['', 'a wrong password', `${password} `]) {
      for (const path of ['', '/', '/api/queues', '/static/js/main.js']) {
        const answer = await request(path, { as });
        expect([path, answer.status]).toEqual([path, 401]);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      }
    }
    expect((await request('/')).status).toBe(200);
  });

  test('refuses to add, change or remove a job, and refuses changes by pages of other sites', async () => {
    const { id } = await deadLetter();
    for (const [method, path] of [
      ['POST', '/api/queues/letters/add'],
      ['PATCH', `/api/queues/letters/${id}/update-data`],
      ['PUT', `/api/queues/letters/${id}/clean`],
      ['PUT', '/api/queues/letters/clean/failed'],
      ['PUT', '/api/queues/letters/pause'],
      ['PUT', '/api/queues/letters/obliterate'],
    ] as const) {
      expect([path, (await request(path, { method })).status]).toEqual([path, 403]);
    }
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await request(`/api/queues/letters/${id}/retry`, { method: 'PUT', headers })).status).toBe(403);
  });

  test('does not show a queue with workers as one without', async () => {
    const { queues } = await until('every worker to be connected', async () => {
      const shown = (await (await request('/api/queues')).json()) as Page;
      return shown.queues.every(({ hasWorkers }) => hasWorkers !== false) ? shown : null;
    });

    expect(queues.map(({ name }) => name).toSorted()).toEqual(['close-letters', 'letters']);
  });

  test('loads nothing from other hosts', async () => {
    const page = await request('/');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await page.text()).not.toMatch(/<script(?![^>]*(?:src="static\/|type="application\/json"))/);
  });
});
