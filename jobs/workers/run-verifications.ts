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
      const status = await run(environment, signal);
      log.info({ status }, 'verify ended');
    },
    {
      everyMs,
      retryMs: everyMs,
      signal,
      failed: (error) => log.warn({ reason: errorText(error) }, 'the worker cannot run verify'),
    },
  );
}

/** @returns the exit status of the process; null if a signal ended it. It ends with this process's work. */
async function run(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number | null> {
  const child = spawn(process.execPath, [verify, '--due'], { env: environment, stdio: 'ignore' });
  const stop = () => void child.kill();
  signal.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
