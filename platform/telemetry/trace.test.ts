import { describe, expect, test } from '@jest/globals';
import { currentTraceparent, parseTraceparent, traced, withinTrace } from './trace.ts';
import { summaryOf } from '../postgres/trace-statements.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('trace context', () => {
  test('is handed on as it came, also through steps that nobody records', async () => {
    const handedOn = await withinTrace(parseTraceparent(traceparent), async () =>
      traced('step', {}, async () => await Promise.resolve(currentTraceparent())),
    );

    expect(handedOn).toBe(traceparent);
    expect(currentTraceparent()).toBeNull();
  });

  test.each([
    ['another version', traceparent.replace('00-', '01-')],
    ['capitals', traceparent.toUpperCase()],
    ['no trace', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['no step', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['more than there is', `${traceparent}-00`],
    ['a line break', `${traceparent}\n`],
    ['several', [traceparent, traceparent]],
    ['nothing', undefined],
  ])('is not taken from %s', (_name, given) => {
    expect(parseTraceparent(given)).toBeNull();
  });
});

describe('the name of a statement', () => {
  test.each([
    ['begin', 'sql begin'],
    ['select "id" from "orders" where id = $1', 'sql select orders'],
    ['insert into outbox (kind) select kind from entry', 'sql insert outbox'],
    ['with due as (select id from outbox for update) update outbox set attempts = 1', 'sql update outbox'],
    ['delete from outbox where id = any($1)', 'sql delete outbox'],
  ])('%s', (text, name) => {
    expect(summaryOf(text)).toBe(name);
  });
});
