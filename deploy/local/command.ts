import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { notASetting, unknownNames } from '#platform/process/known-settings.ts';
import { createLog, errorText } from '#platform/telemetry/log.ts';
import { SettingsFault } from '#platform/process/settings.ts';
import { StartFault } from './start-fault.ts';

/** The folder of this project. */
export const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a command with the settings of `.env` that the environment does not override. The signal aborts when the process
 * has to stop. On failure it prints the reason and exits with 1.
 */
export async function runCommand(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopping.abort());
  try {
    loadEnvFile();
    await work(stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted && isAbort(error)) return;
    process.exitCode = 1;
    if (error instanceof SettingsFault || error instanceof StartFault) process.stderr.write(`${errorText(error)}\n`);
    else createLog(name, 'info').fatal({ err: error }, 'cannot go on');
  }
}

/**
 * Adds the settings of `.env` to the environment.
 *
 * @throws SettingsFault if a name in it is not a setting: no other program reads this file.
 */
function loadEnvFile(): void {
  const file = join(project, '.env');
  if (!existsSync(file)) return;
  const unknown = unknownNames(parseEnv(readFileSync(file, 'utf8')));
  if (unknown.length > 0) throw new SettingsFault(unknown.map((name) => `.env: ${notASetting(name)}`));
  process.loadEnvFile(file);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
