import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { now } from '#platform/process/clock.ts';
import { type WantedPort, whyNot } from '#platform/http/listen.ts';
import { StartFault } from './start-fault.ts';

/**
 * Checks that every port is free before any process starts.
 *
 * @param patienceMs how long to wait for ports that another process is about to release.
 * @throws StartFault with a line for each port in use.
 */
export async function requireFreePorts(wanted: readonly WantedPort[], patienceMs = 0): Promise<void> {
  const shared = sharedPorts(wanted);
  if (shared.length > 0) throw new StartFault(shared.join('\n'));
  for (const deadline = now().getTime() + patienceMs; ; await delay(100)) {
    const faults = new Set((await Promise.all(wanted.map(taken))).filter((line) => line !== null));
    if (faults.size === 0) return;
    if (now().getTime() >= deadline) throw new StartFault([...faults].join('\n'));
  }
}

async function taken(wanted: WantedPort): Promise<string | null> {
  const server = createServer();
  try {
    await once(server.listen(wanted.port, wanted.host), 'listening');
    await once(server.close(), 'close');
    return null;
  } catch (error) {
    return whyNot(error, wanted);
  }
}

function sharedPorts(wanted: readonly WantedPort[]): string[] {
  return [...Map.groupBy(wanted, ({ port }) => port)]
    .filter(([, sharers]) => sharers.length > 1)
    .map(([port, sharers]) => {
      const settings = sharers.map(({ setting }) => setting).join(' and ');
      return `${settings} are all ${port}: set each to a different port.`;
    });
}
