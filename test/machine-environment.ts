import { join } from 'node:path';
import { project } from '#local/command.ts';

/** Where Node keeps compiled code, so that the many processes of a run do not compile the same files. */
export const compileCache = join(project, '.data', 'compile-cache');

/** What a process that a test starts gets from the environment of the tests. */
export const machineEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: compileCache,
};
