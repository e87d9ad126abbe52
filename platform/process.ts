import { MigrationsPending } from './database.ts';
import { PortTaken } from './http.ts';
import { errorText, type Log } from './log.ts';
import { SettingsFault } from './settings.ts';

/** A part of the system that runs in a process. */
export interface Service {
  /** Settles when it can work; rejects where it never will. */
  readonly ready: Promise<void>;
  /** Finishes what is in flight and lets go of everything. */
  readonly stop: () => Promise<void>;
}

/** After this the process ends although something still hangs. */
const stopDeadlineMs = 20_000;

/**
 * Runs a service until the process is told to stop (SIGTERM, SIGINT). Ends with 1, having said why in one
 * line, where it cannot start.
 */
export async function runProcess(start: () => Promise<Service>, logOf: () => Log): Promise<void> {
  let service: Service | undefined;
  const stop = (signal: string) => {
    logOf().info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopDeadlineMs).unref();
    void (service?.stop() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => fail(error, logOf),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('unhandledRejection', (error) => fail(error, logOf));
  try {
    service = await start();
    await service.ready;
  } catch (error) {
    if (!isAbort(error)) fail(error, logOf);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function fail(error: unknown, logOf: () => Log): never {
  const expected = error instanceof SettingsFault || error instanceof PortTaken || error instanceof MigrationsPending;
  if (expected) process.stderr.write(`${errorText(error)}\n`);
  else logOf().fatal({ err: error }, 'cannot go on');
  process.exit(1);
}
