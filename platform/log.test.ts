import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

/** What a process writes that runs this with a log of its own. */
function linesOf(script: string): Record<string, unknown>[] {
  const imports = `
    import { createLog } from '#platform/log.ts';
    import { parseTraceparent, withinTrace } from '#platform/trace.ts';
    const log = createLog('test', 'info');`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', `${imports}${script}`], {
    encoding: 'utf8',
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('lines within a trace have its id, others have none', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const [within, outside] = linesOf(`
    withinTrace(parseTraceparent('00-${traceId}-b7ad6b7169203331-00'), () => log.info('within'));
    log.info('outside');`);

  expect(within).toMatchObject({ msg: 'within', traceId });
  expect(outside).not.toHaveProperty('traceId');
});

test('neither secrets nor addresses of people are written, whatever an error carries', () => {
  const lines = linesOf(`
    const cause = Object.assign(new Error('duplicate key (email)=(ada@example.com)'), {
      code: '23505', detail: 'Key (email)=(ada@example.com) already exists.', parameters: ['ada@example.com'],
    });
    log.error({ err: new Error('refused by postgres://wallet:hush@db.example.com/orders', { cause }) }, 'a fault');
    log.warn({ reason: '550 <grace@example.com>: no such mailbox' }, 'not sent');
    log.info({ input: { password: 'hush', refreshToken: 'hush' }, headers: { authorization: 'hush' } }, 'asked');`);

  expect(JSON.stringify(lines)).not.toMatch(/ada@|grace@|hush/);
  expect(lines[0]).toMatchObject({ err: { type: 'Error', cause: { code: '23505' } } });
});
