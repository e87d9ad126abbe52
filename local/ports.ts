import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { now } from '#platform/clock.ts';
import { errorText } from '#platform/log.ts';
import { StartFault } from './start-fault.ts';

/** A port that is to be listened on. */
export interface WantedPort {
  /** The setting that chooses it. */
  readonly setting: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Makes sure that every port is free, before anything is started.
 *
 * @param patienceMs for ports that somebody is about to leave.
 * @throws StartFault with a line for each that is not.
 */
export async function requireFreePorts(wanted: readonly WantedPort[], patienceMs = 0): Promise<void> {
  const shared = sharedPorts(wanted);
  if (shared.length > 0) throw new StartFault(shared.join('\n'));
  for (const deadline = now().getTime() + patienceMs; ; await delay(100)) {
    const faults = (await Promise.all(wanted.map(taken))).filter((line) => line !== null);
    if (faults.length === 0) return;
    if (now().getTime() >= deadline) throw new StartFault(faults.join('\n'));
  }
}

async function taken({ setting, host, port }: WantedPort): Promise<string | null> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
    await once(server.close(), 'close');
    return null;
  } catch (error) {
    const inUse = errorText(error).includes('EADDRINUSE');
    const reason = inUse ? 'is in use by another program' : `cannot be used (${errorText(error)})`;
    return `Port ${port} of ${host} ${reason}: set ${setting} to a free one.`;
  }
}

function sharedPorts(wanted: readonly WantedPort[]): string[] {
  return [...Map.groupBy(wanted, ({ port }) => port)]
    .filter(([, sharers]) => sharers.length > 1)
    .map(([port, sharers]) => {
      const settings = sharers.map(({ setting }) => setting).join(' and ');
      return `${settings} are all ${port}: each needs a port of its own.`;
    });
}
