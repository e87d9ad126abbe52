import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings as launcherSettings } from '#local/config.ts';
import { partConfigs } from '#local/parts.ts';
import { settings as verifySettings } from '#verify/config.ts';
import { machineEnvironment } from './machine-environment.ts';
import { until } from './until.ts';

export interface Command {
  readonly pid: number;
  /** @returns the text written so far to standard output and standard error. */
  readonly output: () => string;
  /** Waits until the output contains this. */
  readonly says: (text: string | RegExp, timeoutMs?: number) => Promise<void>;
  /** The exit code, or null if a signal ended the process. */
  readonly exit: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const shapes = [launcherSettings, verifySettings, ...Object.values(partConfigs).map(({ settings }) => settings)];
const noSettings = Object.fromEntries(shapes.flatMap((shape) => Object.keys(shape).map((name) => [name, ''])));

/**
 * Runs one of the project's files with these settings only; settings of the shell and of `.env` do not apply.
 *
 * @param folder of the project, or of a copy of it.
 * @param words the arguments of the command.
 */
export function runFile(
  file: string,
  settings: NodeJS.ProcessEnv,
  folder = pathOf(''),
  words: readonly string[] = [],
): Command {
  const child = spawn(process.execPath, [join(folder, file), ...words], {
    env: environmentOf(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  let ended = false;
  const exit = new Promise<number | null>((resolve) => void child.once('close', resolve));
  void exit.then(() => (ended = true));
  return {
    pid: child.pid!,
    output: () => output,
    says: async (text, timeoutMs) => {
      await until(`${file} to exit or to write ${String(text)}`, () => ended || output.match(text), timeoutMs);
      if (output.match(text) === null) throw new Error(`${file} exited with this output: ${output}`);
    },
    exit,
    kill: (signal) => void child.kill(signal),
  };
}

/** @returns the path of one of the project's files. */
export function pathOf(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

/** @returns an environment with these settings only. */
export function environmentOf(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...machineEnvironment, ...noSettings, ...settings };
}
