import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { project } from '#local/command.ts';

/** Runs one of a project's files until it exits; `output` is all that it wrote to stdout and stderr. */
export async function runArguments(
  file: string,
  args: readonly string[],
  { root = project, settings = {} }: { readonly root?: string; readonly settings?: NodeJS.ProcessEnv } = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(project, '.data', 'compile-cache'), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}
