import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { project } from '#local/command.ts';
import { machineEnvironment } from '#test/machine-environment.ts';
import packageJson from '../package.json' with { type: 'json' };

/** Not run here: these commands start or need a system, or change committed files. */
const excluded = new Set([
  'newman',
  'newman:picture',
  'trace',
  'backup',
  'restore',
  'schema:release',
  'web:build',
  'web:dev',
  'licences',
  'trial-balance',
  'sandbox-provider',
]);

const commands = Object.entries(packageJson.scripts).filter(
  ([name, command]) => /^node tools\/\S+\.ts/.test(command) && !excluded.has(name),
);

test.each(commands)('npm run %s prints its result when it succeeds', async (_name, command) => {
  const options = { cwd: project, env: { ...process.env, ...machineEnvironment } };
  const { stdout } = await promisify(execFile)(process.execPath, command.split(' ').slice(1), options);
  expect(stdout).toMatch(/\w+.*[.]\n$/);
});
