import type { Http } from './http.ts';
import { errorText } from '../telemetry/log.ts';

/** The process cannot listen. The message names the setting to change. */
export class CannotListen extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'CannotListen';
  }
}

/**
 * Listens on a port.
 *
 * @throws CannotListen
 */
export async function listen(http: Http, host: string, port: number, setting: string): Promise<void> {
  try {
    await http.listen({ host, port });
  } catch (error) {
    throw new CannotListen(whyNot(error, { host, port, setting }), error);
  }
}

/** A port to listen on, and the setting that chooses it. */
export interface WantedPort {
  readonly setting: string;
  readonly host: string;
  readonly port: number;
}

/** Returns why a server cannot listen, with the setting to change. */
export function whyNot(error: unknown, { host, port, setting }: WantedPort): string {
  const { code } = error as NodeJS.ErrnoException;
  const where = `Port ${port} of ${host}`;
  const hostSetting = setting.endsWith('_MANAGEMENT_PORT') ? 'MANAGEMENT_HOST' : 'HOST';
  if (code === 'EADDRINUSE') return `${where} is in use by another program: set ${setting} to a free one.`;
  if (code === 'EACCES') return `${where} needs more rights than this user has: set ${setting} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${host} is no address of this machine: set ${hostSetting} to one, such as 127.0.0.1.`;
  }
  return `${where} cannot be used (${errorText(error)}): set ${setting} or ${hostSetting} to others.`;
}
