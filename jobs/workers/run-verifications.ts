import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isVerificationDue } from '#billing/services/list-verifications.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { repeat } from '#platform/process/repeat.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import type { readConfig } from '../config.ts';

/** A requested run begins so long after its request at most. */
const everyMs = 5_000;

const verify = fileURLToPath(new URL('../../checks/verify/main.ts', import.meta.url));

type Settings = Pick<ReturnType<typeof readConfig>, 'verifier' | 'VERIFY_EVERY_S'>;

/**
 * Runs `verify` in a process of its own when a run is due, until the signal is aborted. It does so with the URLs of the
 * role of `verify`: its process gets no other settings, so it has no rights of the workers. Several processes may do so:
 * the database lets one begin. A run that is stopped or dies leaves a row that says so or expires.
 *
 * @param em of the billing database.
 */
export async function keepVerifying(config: Settings, em: Manager, log: Log, signal: AbortSignal): Promise<void> {
  const { verifier: environment, VERIFY_EVERY_S: everyS = null } = config;
  if (environment === null) return;
  await repeat(
    async () => {
      if (!(await isVerificationDue(em.fork(), everyS))) return;
      const { status, faults } = await run(environment, signal);
      if (faults === '') log.info({ status }, 'verify ended');
      else log.warn({ status, reason: faults }, 'verify failed');
    },
    {
      everyMs,
      retryMs: everyMs,
      signal,
      failed: (error) => log.warn({ reason: errorText(error) }, 'the worker cannot run verify'),
    },
  );
}

/** The most of a child's faults that a log line has, in characters. */
const longestFaults = 2_000;

interface Ended {
  /** Null if a signal ended the process. */
  readonly status: number | null;
  /** The end of what it wrote about faults. Findings are no faults: they are in the result. */
  readonly faults: string;
}

/** Runs `verify`, which ends with this process's work. */
async function run(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Ended> {
  const child = spawn(process.execPath, [verify, '--due'], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = () => void child.kill();
  signal.addEventListener('abort', stop);
  // The signal may have come before there was a process to stop.
  if (signal.aborted) stop();
  let faults = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (faults = (faults + text).slice(-longestFaults)));
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { status, faults: faults.trim() };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
