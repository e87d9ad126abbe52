import type { Http } from './http.ts';
import { errorText } from '../telemetry/log.ts';

/** The process cannot listen; the message says which setting helps. */
export class CannotListen extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'CannotListen';
  }
}

/**
 * Listens.
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

/** Why a server cannot listen there, in words that name the setting to change. */
export function whyNot(error: unknown, { host, port, setting }: WantedPort): string {
  const { code } = error as NodeJS.ErrnoException;
  const place = `Port ${port} of ${host}`;
  const hostSetting = setting.endsWith('_MANAGEMENT_PORT') ? 'MANAGEMENT_HOST' : 'HOST';
  if (code === 'EADDRINUSE') return `${place} is in use by another program: set ${setting} to a free one.`;
  if (code === 'EACCES') return `${place} needs more rights than this user has: set ${setting} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${host} is no address of this machine: set ${hostSetting} to one, such as 127.0.0.1.`;
  }
  return `${place} cannot be used (${errorText(error)}): set ${setting} or ${hostSetting} to others.`;
}
