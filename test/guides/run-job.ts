import { openBroker } from '#jobs/broker.ts';
import { processor } from '#jobs/processor.ts';
import { workers } from '#jobs/registry.ts';
import { dispatch, type Services } from '#jobs/worker.ts';
import type { MailMessage } from '#platform/messaging/mailer.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { exampleItem } from '../example-item.ts';
import { testJobKeys } from '../job-keys.ts';

/**
 * Does one job of a queue: `node test/guides/run-job.ts <queue> <URL of the jobs database>`. The job carries the example
 * of the queue's contract and goes through the real queue. Prints the messages that the worker sends, as JSON.
 */
const [, , name, postgresUrl] = process.argv;
const step = workers.find(({ queue }) => queue.name === name);
if (step === undefined || postgresUrl === undefined) throw new Error(`there is no queue ${name}, or no URL`);

const log = createLog('guide', 'warn');
const sent: MailMessage[] = [];
const mailer = {
  deliver: async (messages: readonly MailMessage[]) => {
    sent.push(...messages);
    return messages.map((message) => ({ status: 'fulfilled', value: message }) as const);
  },
};
const services = { mailer, publishLive: () => undefined } as unknown as Services;

const reached = [step.queue, ...step.next, ...(step.close === null ? [] : [step.close])];
const broker = await openBroker({ postgresUrl }, reached, log, new AbortController().signal);
const keys = testJobKeys(step.queue.group);
const work = processor(step, services, keys, log);
const { promise: done, resolve } = Promise.withResolvers<void>();
const reportEnd = async function* (delivery: Parameters<typeof work>[0]) {
  yield* work(delivery);
  resolve();
};
broker.work(step, reportEnd, keys);
const signer = testJobKeys(step.signers.at(-1)!);
await broker.enqueue([dispatch(step.queue, [exampleItem(step.queue)])], signer);
await done;
await broker.close();
process.stdout.write(`${JSON.stringify(sent)}\n`);
