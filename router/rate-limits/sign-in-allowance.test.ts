import { describe, expect, jest, test } from '@jest/globals';
import type { SignInAllowance } from './sign-in-allowance.ts';

// What remembers the counts keeps to the clock that there is when it is loaded, and takes nought for no time.
jest.useFakeTimers();
jest.advanceTimersByTime(1);
const { countsAlone } = await import('./counts.ts');
const { createSignInAllowance } = await import('./sign-in-allowance.ts');

const rule = { name: 'sign-ins', points: 1, windowS: 600 };

describe('a router that counts alone', () => {
  /** How long an address has to wait that signs in until it is refused; it does wait. */
  const waitOf = async (allowance: SignInAllowance) => {
    for (;;) {
      const { isWithin, waitS } = await allowance.spend('192.0.2.1', 1);
      if (isWithin) continue;
      jest.advanceTimersByTime(waitS * 1_000 + 1);
      return waitS;
    }
  };

  test('refuses an address for longer each time, up to an hour, and starts over a day later', async () => {
    const allowance = createSignInAllowance(rule, null);
    const waitsS = [];
    for (let round = 0; round < 9; round += 1) waitsS.push(await waitOf(allowance));
    jest.advanceTimersByTime(86_400_000);

    expect(waitsS).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    expect(await waitOf(allowance)).toBe(30);
  });

  test('resets a count when its window ends', async () => {
    const counts = countsAlone(rule);
    await counts.add('192.0.2.1', 5);
    jest.advanceTimersByTime(599_000);
    const before = await counts.add('192.0.2.1', 1);
    jest.advanceTimersByTime(1_001);

    expect(before).toEqual({ points: 6, endsInMs: 1_000 });
    expect(await counts.add('192.0.2.1', 1)).toEqual({ points: 1, endsInMs: 600_000 });
  });

  test('keeps a bounded number of addresses', async () => {
    const counts = countsAlone(rule);
    for (let address = 0; address <= 50_000; address += 1) await counts.add(`address ${address}`, 1);

    expect((await counts.add('address 50000', 1)).points).toBe(2);
    expect((await counts.add('address 0', 1)).points).toBe(1);
  });
});
