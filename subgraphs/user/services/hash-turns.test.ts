import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { callerFrom } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { HashTurns } from './hash-turns.ts';

const rules = { PASSWORD_QUEUE_LENGTH: 100, PASSWORD_QUEUE_WAIT_MS: 20_000 };

/** Work that starts at its turn, and lasts until the test ends it. */
function desk(turns = new HashTurns(rules)) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const outcomes: Promise<unknown>[] = [];
  const run = (name: string, caller = callerFrom()) => {
    const outcome = turns.run(caller, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    });
    outcome.catch(() => undefined);
    outcomes.push(outcome);
    return outcome;
  };
  /** Ends running work until none runs. */
  const finish = async () => {
    while (ends.length > 0) {
      ends.shift()!();
      await nextTurn();
    }
    return await Promise.allSettled(outcomes);
  };
  return { turns, begun, ends, run, finish };
}

/** Starts as much work as can run at once, so that further work must wait. */
function busyDesk(turns?: HashTurns) {
  const { run, begun, ...others } = desk(turns);
  let before = -1;
  while (begun.length > before) {
    before = begun.length;
    void run(`flood ${before}`, callerFrom('flood'));
  }
  return { run, begun, ...others };
}

afterEach(async () => await nextTurn());

test('a few hashes run at the same time, and each further one starts when one ends', async () => {
  const { run, begun, finish } = desk();
  for (let index = 0; index < 50; index += 1) void run(`${index}`);
  await nextTurn();
  expect(begun.length).toBeLessThanOrEqual(3);
  const outcomes = await finish();
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
});

test('a caller who arrives after another sender’s flood is next', async () => {
  const { run, begun, ends, finish } = busyDesk();
  for (let index = 0; index < 90; index += 1) void run(`later ${index}`, callerFrom('flood'));
  void run('Ada', callerFrom('ada'));
  ends.shift()!();
  await nextTurn();
  expect(begun.at(-1)).toBe('Ada');
  await finish();
});

test('a caller who arrives after a flood from many addresses is next', async () => {
  const { run, begun, ends, finish } = busyDesk();
  for (let index = 0; index < 90; index += 1) void run(`later ${index}`, callerFrom(`flood ${index}`));
  void run('Ada', callerFrom('ada'));
  ends.shift()!();
  await nextTurn();
  expect(begun.at(-1)).toBe('Ada');
  await finish();
});

test('a caller from an address with an earlier sign-in is next, even if a flood continues after it', async () => {
  const turns = new HashTurns(rules);
  turns.know('ada');
  const { run, begun, ends, finish } = busyDesk(turns);
  void run('Ada', callerFrom('ada'));
  for (let index = 0; index < 90; index += 1) void run(`later ${index}`, callerFrom(`flood ${index}`));
  ends.shift()!();
  await nextTurn();
  expect(begun.at(-1)).toBe('Ada');
  await finish();
});

test('a caller who disconnects costs no hash', async () => {
  const { run, begun, finish } = busyDesk();
  const leaving = new AbortController();
  const gone = Array.from(
    { length: 50 },
    async (_, index) => await run(`gone ${index}`, callerFrom(`leaving ${index}`, leaving.signal)),
  );
  leaving.abort();
  await expect(Promise.all(gone)).rejects.toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
  await expect(run('late', callerFrom('ada', leaving.signal))).rejects.toMatchObject({
    extensions: { code: 'BAD_REQUEST' },
  });
  await finish();
  expect(begun.filter((name) => !name.startsWith('flood'))).toEqual([]);
});

test('a turn is not lost if its caller disconnects as it is dispatched', async () => {
  const { run, begun, ends, finish } = busyDesk();
  const leaving = new AbortController();
  void run('gone', callerFrom('leaving', leaving.signal));
  ends.shift()!();
  leaving.abort();
  await nextTurn();
  void run('Ada', callerFrom('ada'));
  await finish();
  expect(begun).toContain('Ada');
});

test('a full queue refuses the oldest request of the sender with the most, and says when to retry', async () => {
  const { run, begun, finish } = busyDesk(new HashTurns({ ...rules, PASSWORD_QUEUE_LENGTH: 3 }));
  const ada = run('Ada', callerFrom('ada'));
  const flood = ['one', 'two', 'three'].map(async (name) => await run(name, callerFrom('flood')));
  const refused = { extensions: { code: 'RATE_LIMITED', retryAfterS: expect.any(Number) } };
  await expect(flood[0]).rejects.toMatchObject(refused);
  await finish();
  expect(await ada).toBe('Ada');
  expect(begun).not.toContain('one');
});

test('a caller who waits too long is refused, and the next caller gets the turn', async () => {
  const { run, begun, finish } = busyDesk(new HashTurns({ ...rules, PASSWORD_QUEUE_WAIT_MS: 20 }));
  await expect(run('Ada', callerFrom('ada'))).rejects.toMatchObject({
    message: 'Too many people are signing in at the moment. Try again in 1 second.',
    extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterS: 1 },
  });
  await finish();
  expect(begun).not.toContain('Ada');
});

test('work that fails releases its turn to the next', async () => {
  const turns = new HashTurns(rules);
  const failed = await Promise.allSettled(
    Array.from(
      { length: 20 },
      async () => await turns.run(callerFrom(), async () => await Promise.reject(new Error('broken'))),
    ),
  );
  expect(failed.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'rejected'));
  const { run, begun, finish } = desk(turns);
  void run('Ada');
  await until('the turn', () => begun.length === 1);
  await finish();
});

test('a sender’s turns count for a minute after the first, regardless of later turns', async () => {
  let nowMs = performance.now();
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  try {
    const turns = new HashTurns(rules);
    turns.know('office');
    for (let times = 0; times < 20; times += 1) {
      await turns.run(callerFrom('office'), async () => undefined);
      nowMs += 30_000;
      // The cache reads the clock once per millisecond.
      await delay(5);
    }
    const { run, begun, finish } = busyDesk(turns);
    void run('Ada', callerFrom('office'));
    void run('a stranger', callerFrom('stranger'));
    await finish();
    expect(begun.indexOf('Ada')).toBeLessThan(begun.indexOf('a stranger'));
  } finally {
    clock.mockRestore();
  }
});
