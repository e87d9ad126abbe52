import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

/** Runs this in a process with a log of its own. */
function runScript(script: string) {
  const imports = `
    import { createLog } from '#platform/telemetry/log.ts';
    import { parseTraceparent, withinTrace } from '#platform/telemetry/trace.ts';
    const log = createLog('test', 'info');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', `${imports}${script}`], { encoding: 'utf8' });
}

/** What it writes. */
function linesOf(script: string): Record<string, unknown>[] {
  return runScript(script)
    .stdout.trim()
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
    log.info({ input: { password: 'hush', refreshToken: 'hush' }, headers: { authorization: 'hush' } }, 'asked');
    log.info({ password: 'hush', url: new URL('redis://hush@cache.example:6379') }, 'at the top');
    log.info({ steps: [{ request: { headers: { Authorization: 'hush', 'set-cookie': ['hush'] } } }] }, 'far below');
    log.error(new AggregateError([cause], 'many for o\\'hara+x@example.com'));
    log.error({ err: cause });
    log.warn('grace@example.com: %s', 'ada@example.com');
    log.warn({ detail: 'Key (email)=(ada@example.com) already exists.' }, 'rediss://:p$hush!@cache.example is away');
    log.warn({ asked: 'Authorization: Bearer hush.hush', body: '{"a":"eyJhbGciOi.eyJodXNo.hush"}' }, 'odd');
    log.warn({ row: '(1, $argon2id$v=19$m=19456,t=2,p=1$hush$hush)' }, 'broken');`);

  expect(JSON.stringify(lines)).not.toMatch(/ada@|grace@|hara|hush/);
  expect(lines).toHaveLength(11);
  expect(lines[0]).toMatchObject({
    err: { type: 'Error', message: 'refused by postgres://[redacted]@db.example.com/orders', cause: { code: '23505' } },
  });
  expect(lines[5]).toMatchObject({ err: { type: 'AggregateError', errors: [{ code: '23505' }] } });
  expect(lines[6]).toMatchObject({ msg: 'duplicate key (email)=([address])' });
});

test('an error that nobody took ends its process, and is told like any other', () => {
  const { status, stdout, stderr } = runScript(`
    import { runProcess } from '#platform/process/process.ts';
    await runProcess('test', async () => {
      const detail = 'Key (email)=(ada@example.com) already exists.';
      setImmediate(() => { throw Object.assign(new Error('grace@example.com'), { detail }); });
      return { log, ready: Promise.resolve(), stop: async () => undefined };
    });`);

  expect([status, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toMatchObject({ level: 'fatal', msg: 'cannot go on', err: { message: '[address]' } });
  expect(stdout).not.toMatch(/ada@|grace@/);
});

test('what is no secret is written as it is, and what is endless is not', () => {
  const [line] = linesOf(`
    const fields = { queue: 'settle-orders', items: 3, at: new Date(0), none: null, list: ['a'], file: 'node_modules/@mikro-orm/core' };
    fields.itself = fields;
    log.info(fields, 'done');`);

  expect(line).toMatchObject({
    queue: 'settle-orders',
    items: 3,
    at: '1970-01-01T00:00:00.000Z',
    none: null,
    list: ['a'],
    file: 'node_modules/@mikro-orm/core',
    msg: 'done',
  });
  expect(JSON.stringify(line)).toContain('[deeper]');
});
