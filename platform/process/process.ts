import { DatabaseRefuses, MigrationsPending } from '../postgres/database-ready.ts';
import { CannotListen } from '../http/listen.ts';
import { createLog, errorText, type Log } from '../telemetry/log.ts';
import { nameProcess } from '../telemetry/metrics.ts';
import { SettingsFault } from './settings.ts';
import { stopTelemetry } from '../telemetry/telemetry.ts';

/** A part of the system that runs in a process. */
export interface Service {
  readonly log: Log;
  /** Resolves when the service is ready; rejects if it never will be. */
  readonly ready: Promise<void>;
  /** Finishes work in progress and releases all resources. */
  readonly stop: () => Promise<void>;
}

/** The service cannot start for a reason that the operator can fix. The process prints only the message. */
export class CannotStart extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotStart';
  }
}

/** After this time the process ends even if work is still in progress. */
const stopDeadlineMs = 20_000;

/**
 * Runs a service until the process receives SIGTERM or SIGINT, or its launcher exits. If the service cannot start, it
 * prints the reason and exits with 1.
 */
export async function runProcess(name: string, start: () => Promise<Service>): Promise<void> {
  const log = createLog(name, 'info');
  nameProcess(name);
  const fail = (error: unknown) => {
    if (isExpected(error)) process.stderr.write(`${name}: ${errorText(error)}\n`);
    else log.fatal({ err: error }, 'cannot go on');
    process.exit(1);
  };
  let service: Service | undefined;
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    (service?.log ?? log).info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), stopDeadlineMs).unref();
    (service?.stop() ?? Promise.resolve()).then(stopTelemetry).then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.channel !== undefined) process.once('disconnect', () => stop('the launcher exited'));
  process.on('unhandledRejection', fail);
  process.on('uncaughtException', fail);
  try {
    service = await start();
    await service.ready;
  } catch (error) {
    if (!stopping) fail(error);
  }
}

function isExpected(error: unknown): boolean {
  return [SettingsFault, CannotListen, MigrationsPending, DatabaseRefuses, CannotStart].some(
    (expected) => error instanceof expected,
  );
}
