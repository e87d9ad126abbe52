import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { now } from '#platform/process/clock.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { aborted } from './aborted.ts';
import type { Part } from './parts.ts';
import { StartFault } from './start-fault.ts';

export interface PartProcess {
  /** Resolves when the part is ready for the first time; rejects if it ends before that. */
  readonly ready: Promise<void>;
  /** What the part waits for, in a few words; null when it is ready. */
  readonly waitingFor: () => string | null;
  /** The process that runs now, or the last one. */
  readonly pid: () => number;
  /** Sends SIGTERM, and SIGKILL if the part has not ended after 20 seconds. */
  readonly stop: () => Promise<void>;
}

export interface PartProcessOptions {
  readonly log: Log;
  /** The target of the part's log. */
  readonly output: 'inherit' | 'ignore' | number;
  /** How long a part may wait for one thing, or take until it listens, before the launcher logs a warning. */
  readonly patienceMs?: Patience;
}

interface Patience {
  readonly waiting: number;
  readonly starting: number;
}

const stopDeadlineMs = 20_000;
const firstRestartMs = 200;
const longestRestartMs = 5_000;
/** A part that ran this long is restarted without a long delay. */
const steadyMs = 30_000;

/**
 * Runs a part in its own process, and restarts it whenever it ends on its own after it was ready once. The part stops
 * when its channel to this process closes.
 */
export function runPart(part: Part, options: PartProcessOptions): PartProcess {
  const { log, output, patienceMs = defaultPatienceMs } = options;
  const firstReady = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let waitingFor: string | null = starting;
  const reportWaiting = (reason: string | null) => {
    waitingFor = reason;
  };
  let child = spawnPart(part, output);
  const ended = keepRunning();

  async function keepRunning(): Promise<void> {
    let wasReady = false;
    for (let restartMs = firstRestartMs; ; restartMs = Math.min(restartMs * 2, longestRestartMs)) {
      const startedAt = now().getTime();
      const exit = exitOf(child);
      if (await becomesReady(part, exit, { log, patienceMs, reportWaiting })) {
        wasReady = true;
        firstReady.resolve();
      }
      const how = await exit;
      waitingFor = starting;
      if (stopping.signal.aborted) return;
      if (!wasReady) return firstReady.reject(new StartFault(`${part.name} ended before it was ready (${how}).`));
      if (now().getTime() - startedAt > steadyMs) restartMs = firstRestartMs;
      log.error({ part: part.name, how, retryInMs: restartMs }, 'a part ended unexpectedly; restarting it');
      await Promise.race([delay(restartMs), aborted(stopping.signal)]);
      if (stopping.signal.aborted) return;
      child = spawnPart(part, output);
    }
  }

  return {
    ready: firstReady.promise,
    waitingFor: () => waitingFor,
    pid: () => child.pid!,
    stop: async () => {
      stopping.abort();
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
      await ended;
      clearTimeout(deadline);
    },
  };
}

function spawnPart({ entry, environment }: Part, output: PartProcessOptions['output']): ChildProcess {
  const stdio: StdioOptions = ['ignore', output, output, 'ipc'];
  // In a process group of its own: Ctrl-C reaches only the launcher, which stops the parts in order.
  const detached = process.platform !== 'win32';
  return spawn(process.execPath, [fileURLToPath(entry)], { env: environment, stdio, detached });
}

/** How the process ended, such as `exit code 1`. */
async function exitOf(child: ChildProcess): Promise<string> {
  return await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    child.once('error', (error) => resolve(errorText(error)));
  });
}

const pollMs = 50;
/** The launcher warns sooner about a part that waits for one thing than about a part that still loads its code. */
const defaultPatienceMs = { waiting: 10_000, starting: 60_000 };

/** The reason of a part that does not listen yet. */
const starting = 'its start';

interface ReadinessOptions {
  readonly log: Log;
  readonly patienceMs: Patience;
  readonly reportWaiting: (waitingFor: string | null) => void;
}

/** Waits until the part is ready (true) or has ended (false). Logs a warning if that takes too long. */
async function becomesReady(
  { name, readyUrl }: Part,
  exit: Promise<string>,
  { log, patienceMs, reportWaiting }: ReadinessOptions,
): Promise<boolean> {
  const gone = new AbortController();
  void exit.then(() => gone.abort());
  let waitedFor: string | null = starting;
  let sinceMs = now().getTime();
  while (!gone.signal.aborted) {
    const waitingFor = await readiness(readyUrl, gone.signal);
    reportWaiting(waitingFor);
    if (waitingFor === null) return true;
    if (waitingFor !== waitedFor) [waitedFor, sinceMs] = [waitingFor, now().getTime()];
    if (now().getTime() - sinceMs > (waitingFor === starting ? patienceMs.starting : patienceMs.waiting)) {
      sinceMs = now().getTime();
      log.warn({ part: name, waitingFor }, 'a part is not ready yet');
    }
    await Promise.race([delay(pollMs), exit]);
  }
  return false;
}

/** What the part waits for; null when it is ready. */
async function readiness(readyUrl: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(readyUrl, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) });
    const body = await response.text();
    return response.ok ? null : (notReadyBody.safeParse(body).data?.waitingFor ?? `status ${response.status}`);
  } catch {
    return starting;
  }
}

/** The response of a part that is not ready (platform/http/management.ts). */
const notReadyBody = z
  .string()
  .transform(parsedOrNull)
  .pipe(z.object({ waitingFor: z.string() }));

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
