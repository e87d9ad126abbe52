import { expect, test } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { fault } from '../errors/faults.ts';
import type { Log } from '../telemetry/log.ts';
import { logUnfinished } from './unfinished-answers.ts';

const closed = Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });

test.each<[what: string, error: Error, clientIsThere: boolean, level: string]>([
  ['the client went away', closed, false, 'debug'],
  [
    'the client did not read it in time',
    Object.assign(new Error('The operation was aborted'), { name: 'AbortError' }),
    true,
    'info',
  ],
  ['the token expired', fault('UNAUTHENTICATED', 'A valid access token is needed.'), true, 'info'],
  ['the connection broke, but not the client’s', closed, true, 'error'],
  ['a subgraph is away', fault('SUBGRAPH_UNAVAILABLE', 'The billing service cannot be reached.'), true, 'error'],
  ['the code is wrong', new TypeError('undefined is not a function'), true, 'error'],
  ['the code is wrong, and the client went away', new TypeError('undefined is not a function'), false, 'error'],
])('an answer that is not finished because %s', (_what, error, clientIsThere, level) => {
  const levels: string[] = [];
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((name) => [name, () => levels.push(name)]),
  ) as unknown as Log;
  logUnfinished(log, 'a statement', error, { raw: { destroyed: !clientIsThere } } as FastifyReply);
  expect(levels).toEqual([level]);
});
