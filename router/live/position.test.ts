import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Position, windowMs } from './position.ts';

const noonMs = Date.parse('2026-11-20T12:00:00.000Z');
const place = (createdAtMs: number) => ({ id: randomUUID(), createdAtMs });

describe('Position', () => {
  test('survives serialization', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uuid(), fc.integer({ min: 0, max: windowMs })), { maxLength: 200 }), (added) => {
        const position = new Position();
        for (const [id, laterMs] of added) position.add({ id, createdAtMs: noonMs + laterMs });
        const resumed = Position.parse(position.toString());
        expect(added.every(([id]) => resumed?.has(id) === true)).toBe(true);
        expect(resumed?.toString()).toBe(position.toString());
      }),
    );
  });

  test('does not count a notification as sent that becomes visible late', () => {
    const position = new Position();
    position.add(place(noonMs));
    const late = place(noonMs - windowMs);

    expect(position.isBehind(late.createdAtMs)).toBe(false);
    expect(position.has(late.id)).toBe(false);
  });

  test('counts older notifications as sent, and drops their ids', () => {
    const position = new Position();
    const [old, young] = [place(noonMs), place(noonMs + windowMs + 1)];
    position.add(old);
    position.add(young);

    expect(position.isBehind(old.createdAtMs)).toBe(true);
    expect([position.has(old.id), position.has(young.id)]).toEqual([false, true]);
  });

  test('does not move back for a late notification', () => {
    const position = new Position();
    position.add(place(noonMs + windowMs + 1));
    position.add(place(noonMs));

    expect(position.isBehind(noonMs)).toBe(true);
  });

  test('is always short enough for a header', () => {
    const position = new Position();
    for (let count = 0; count < 10_000; count += 1) position.add(place(noonMs));

    expect(position.toString().length).toBeLessThan(4_000);
    expect(Position.parse(position.toString())).not.toBeNull();
  });

  test.each(['', '.', 'PAID', 'mi8.abc', 'mi8.0123456789ABCDEF0123', '-1.', '9999999999.', `0.${'0'.repeat(2570)}`])(
    'refuses %j',
    (text) => {
      expect(Position.parse(text)).toBeNull();
    },
  );
});
