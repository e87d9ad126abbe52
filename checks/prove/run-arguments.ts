import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { project } from '#local/command.ts';

/** Runs one of a project's files to its end; `said` is all that it wrote. */
export async function runArguments(
  file: string,
  given: readonly string[],
  { root = project, settings = {} }: { readonly root?: string; readonly settings?: NodeJS.ProcessEnv } = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [join(root, file), ...given], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  await once(child, 'close');
  return { code: child.exitCode, said };
}
