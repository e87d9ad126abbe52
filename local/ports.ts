import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorText } from '#platform/log.ts';
import { StartFault } from './start-fault.ts';

/**
 * Makes sure that every port is free, before anything is started.
 *
 * @param ports by the settings that choose them.
 * @throws StartFault with a line for each that is not.
 */
export async function requireFreePorts(host: string, ports: Readonly<Record<string, number>>): Promise<void> {
  const shared = sharedPorts(ports);
  if (shared.length > 0) throw new StartFault(shared.join('\n'));
  const checks = await Promise.all(
    Object.entries(ports).map(async ([setting, port]) => await taken(host, setting, port)),
  );
  const faults = checks.filter((line) => line !== null);
  if (faults.length > 0) throw new StartFault(faults.join('\n'));
}

async function taken(host: string, setting: string, port: number): Promise<string | null> {
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

function sharedPorts(ports: Readonly<Record<string, number>>): string[] {
  const settings = Map.groupBy(Object.keys(ports), (setting) => ports[setting]);
  return [...settings]
    .filter(([, names]) => names.length > 1)
    .map(([port, names]) => `${names.join(' and ')} are all ${port}: each needs a port of its own.`);
}
