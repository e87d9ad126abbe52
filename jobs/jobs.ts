import { createMailer, type Mailer } from '#platform/messaging/mailer.ts';
import { databaseReady } from '#platform/postgres/database-ready.ts';
import { type Database, type DatabaseDefinition, openDatabase } from '#platform/postgres/database.ts';
import { type EventPublisher, openEventPublisher } from '#platform/messaging/events.ts';
import { createHttp, type Http } from '#platform/http/http.ts';
import { listen } from '#platform/http/listen.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { startManagement } from '#platform/http/management.ts';
import type { Service } from '#platform/process/process.ts';
import { outboxOwners, type SubgraphName, type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { type Broker, knowsWorkers, openBroker, reachesQueueServer } from './broker.ts';
import type { readConfig } from './config.ts';
import { processor } from './processor.ts';
import type { QueueContract } from './queues/contract.ts';
import { queues, queuesOf, routes, workers } from './registry.ts';
import { runRelay } from './relay.ts';
import { measureOutbox, measureQueues, progressCheck, workersWaitFor } from './watch.ts';
import { keepRowsSigned } from './sign-rows.ts';
import type { Services } from './worker.ts';
import { keepSendingDigests } from './workers/send-digests.ts';
import { keepDispatchingWebhooks } from './workers/deliver-webhooks.ts';
import { webhookSender } from './workers/webhook-sender.ts';
import { keepAskingProvider, providerOf } from './workers/ask-provider.ts';
import { keepVerifying } from './workers/run-verifications.ts';
import { forgetful, keepForgetting } from './workers/forget-rows.ts';

type Config = ReturnType<typeof readConfig>;
type Databases = ReadonlyMap<SubgraphName, Database>;

const bodyLimitBytes = 1_000;

/**
 * Starts the relay and the workers of the process's roles. The process accepts requests at once. It waits for its
 * databases and the queue server without a time limit, and then starts to work.
 */
export async function startJobs(
  config: Config,
  definitions: Readonly<Record<SubgraphName, DatabaseDefinition>>,
  log: Log,
): Promise<Service> {
  const stopping = new AbortController();
  const databases = await openDatabases(config, definitions);
  let waitingFor: string | null = 'the databases';
  let broker: Broker | null = null;
  const events = openEventPublisher(config.brokerAddress, log);
  let background: Promise<unknown> = Promise.resolve();
  let digests: Promise<unknown> = Promise.resolve();

  const ready = async () => {
    if (stopping.signal.aborted) return 'the end of the process';
    if (waitingFor !== null || broker === null) return waitingFor;
    return await workersWaitFor(broker, workedQueues(config), config.JOBS_STALLED_AFTER_S);
  };
  const live = progressCheck({
    // Before it has begun, the process retries until its databases answer.
    waitsFor: async () => (broker === null ? null : await ready()),
    idleS: () => Math.min(...workedQueues(config).map((name) => broker?.idleS(name) ?? 0)),
    reachesServer: async () => await reachesQueueServer(config.brokerAddress, log),
    restartAfterS: config.JOBS_RESTART_AFTER_S,
  });
  const http = createHttp({ log, bodyLimit: bodyLimitBytes });
  await serveQueues(http, config, () => broker);
  await listen(http, config.HOST, config.JOBS_PORT, 'JOBS_PORT');
  const management = await startManagement({
    log,
    ready,
    live,
    host: config.MANAGEMENT_HOST,
    port: config.JOBS_MANAGEMENT_PORT,
    setting: 'JOBS_MANAGEMENT_PORT',
  });

  async function begin(): Promise<void> {
    await Promise.all([...databases].map(([name, database]) => databaseReady(database, name, log, stopping.signal)));
    waitingFor = 'the queue server';
    broker = await openBroker(config.brokerAddress, neededQueues(config), log, stopping.signal);
    const mailer = mailerOf(config, log);
    startWorkers(config, { databases, broker, events, mailer, log, stopping: stopping.signal });
    digests = sumUpMails(config, mailer, databases, log, stopping.signal);
    background = Promise.all([
      signRows(config, databases, log, stopping.signal),
      ...forgetful
        .filter((name) => config.JOBS_ROLES.includes(name))
        .map(async (name) => await keepForgetting(name, databases.get(name)!.em, log, stopping.signal)),
      dispatchWebhooks(config, databases, broker, log, stopping.signal),
      ...(config.JOBS_ROLES.includes('billing')
        ? [keepVerifying, keepAskingProvider].map(
            async (keep) => await keep(config, databases.get('billing')!.em, log, stopping.signal),
          )
        : []),
      config.JOBS_ROLES.includes('relay') ? startRelays(config, databases, broker, log, stopping.signal) : undefined,
    ]);
    startMeasuring(config, databases, broker);
    waitingFor = null;
    log.info({ roles: config.JOBS_ROLES }, 'ready');
  }

  return {
    log,
    ready: begin(),
    stop: async () => {
      stopping.abort();
      await background;
      // A summary that is being sent must not keep the workers taking jobs.
      await Promise.all([broker?.close(), digests]);
      await events.close();
      await http.close();
      await Promise.all([...databases.values()].map((database) => database.close()));
      await management.close();
    },
  };
}

/** Serves the page of the queues from a relay that has a password for it. */
async function serveQueues(http: Http, config: Config, broker: () => Broker | null): Promise<void> {
  if (config.DASHBOARD_PASSWORD === undefined || !config.JOBS_ROLES.includes('relay')) return;
  // The import is dynamic because few processes serve the dashboard.
  const { serveDashboard } = await import('./dashboard.ts');
  await serveDashboard(http, {
    password: config.DASHBOARD_PASSWORD,
    queues: () => broker()?.queues ?? [],
    knowsWorkers: knowsWorkers(config.brokerAddress),
  });
}

async function openDatabases(
  config: Config,
  definitions: Readonly<Record<SubgraphName, DatabaseDefinition>>,
): Promise<Databases> {
  const opened = [...config.databaseUrls].map(async ([name, url]) => {
    const options = {
      url,
      poolSize: config.JOBS_POOL_SIZE,
      applicationName: 'jobs',
      prepares: config.PREPARED_STATEMENTS,
    };
    return [name, await openDatabase(definitions[name], options)] as const;
  });
  return new Map(await Promise.all(opened));
}

const ownWorkers = ({ JOBS_ROLES: roles }: Config) => workers.filter(({ queue }) => roles.includes(queue.group));

const workedQueues = (config: Config) => ownWorkers(config).map(({ queue }) => queue.name);

/** The queues that the process opens. BullMQ writes when it opens a queue, and the process may write only to these. */
function neededQueues({ JOBS_ROLES: roles }: Config): readonly QueueContract[] {
  const groups = roles.filter((role): role is WorkerGroup => role !== 'relay');
  if (groups.length < roles.length) return queues;
  return [...new Set(groups.map(queuesOf).flatMap(({ taken, added }) => [...taken, ...added]))];
}

/** Registers the metrics. The relay measures every queue, so the metrics exist even if all workers are down. */
function startMeasuring(config: Config, databases: Databases, broker: Broker): void {
  const relays = config.JOBS_ROLES.includes('relay');
  measureQueues(broker, relays ? queues.map(({ name }) => name) : workedQueues(config));
  if (relays) for (const outbox of outboxOwners) measureOutbox(outbox, databases.get(outbox)!.em);
}

interface WorkerDependencies {
  readonly databases: Databases;
  readonly broker: Broker;
  readonly events: EventPublisher;
  readonly mailer: Mailer | null;
  readonly log: Log;
  readonly stopping: AbortSignal;
}

function mailerOf(config: Config, log: Log): Mailer | null {
  const { SMTP_URL: smtpUrl, MAIL_FOLDER: folder, MAIL_FROM: from } = config;
  const mailer = createMailer({ smtpUrl, folder, from, log });
  if (mailer === null) log.info('no mail is delivered: neither SMTP_URL nor MAIL_FOLDER is set');
  return mailer;
}

/** Sums up held emails where this process sends emails about orders and transfers. */
async function sumUpMails(config: Config, mailer: Mailer | null, databases: Databases, log: Log, signal: AbortSignal) {
  if (mailer === null || !config.JOBS_ROLES.includes('notification')) return;
  const { em } = databases.get('notification')!;
  await keepSendingDigests({ mailer, publicUrl: config.PUBLIC_URL, em, log }, signal);
}

/** Adds jobs for due webhooks where this process sends them. */
async function dispatchWebhooks(config: Config, databases: Databases, broker: Broker, log: Log, signal: AbortSignal) {
  const keys = config.keys.get('notification');
  if (keys === undefined) return;
  await keepDispatchingWebhooks({ em: databases.get('notification')!.em, broker, keys, log }, signal);
}

function startWorkers(config: Config, { databases, broker, events, mailer, log, stopping }: WorkerDependencies): void {
  const { PUBLIC_URL: publicUrl } = config;
  const mailBounds = {
    perRecipient: config.NOTIFICATION_MAILS_PER_RECIPIENT,
    perSender: config.NOTIFICATION_MAILS_PER_SENDER,
  };
  const webhooks = webhookSender(config, stopping);
  const provider = providerOf(config);
  for (const worker of ownWorkers(config)) {
    const keys = config.keys.get(worker.queue.group)!;
    // Each job gets its own entity managers.
    broker.work(
      worker,
      (delivery) =>
        processor(
          worker,
          servicesOf(databases, { mailer, mailBounds, publicUrl, webhooks, provider, publishLive: events.publish }),
          keys,
          log,
        )(delivery),
      keys,
    );
  }
}

function servicesOf(databases: Databases, others: Omit<Services, WorkerGroup>): Services {
  const managerOf = (name: SubgraphName) => {
    const database = databases.get(name);
    if (database === undefined) throw new Error(`this process does not connect to the ${name} database`);
    return database.em.fork();
  };
  const getters = workerGroups.map((name) => [name, { get: () => managerOf(name), enumerable: true }] as const);
  return Object.defineProperties({ ...others }, Object.fromEntries(getters)) as Services;
}

/** Signs the rows of each outbox for which this process has the owner's keys. */
async function signRows(config: Config, databases: Databases, log: Log, signal: AbortSignal): Promise<void> {
  const owned = outboxOwners.flatMap((owner) => {
    const keys = config.keys.get(owner);
    return keys === undefined ? [] : [{ owner, keys }];
  });
  await Promise.all(
    owned.map(async ({ owner, keys }) => {
      const em = databases.get(owner)!.em.fork();
      await keepRowsSigned({ owner, em, keys, log }, signal);
    }),
  );
}

async function startRelays(
  config: Config,
  databases: Databases,
  broker: Broker,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    outboxOwners.map(async (owner) => {
      const em = databases.get(owner)!.em.fork();
      const listenUrl = config.listenUrls.get(owner)!;
      await runRelay({ owner, em, listenUrl, routes: routes[owner], broker, log }, signal);
    }),
  );
}
