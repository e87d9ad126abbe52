import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { amountPosition, type Connection, idPosition, type List, page, timePosition } from './paging.ts';

const rows = Array.from({ length: 250 }, (_, index) => ({ id: String(index).padStart(3, '0') }));

const list: List<{ id: string }, [string]> = {
  name: 'things by id',
  position: z.tuple([z.string().regex(/^\d{3}$/)]),
  positionOf: ({ id }) => [id],
  fetch: async (limit, after) => rows.filter(({ id }) => after === null || id > after[0]).slice(0, limit),
};

const badInput = expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) });

test('gives the first twenty unless asked otherwise', async () => {
  const { nodes, edges, pageInfo } = await page({}, list);
  expect(nodes).toEqual(rows.slice(0, 20));
  expect(edges.map(({ node }) => node)).toEqual(nodes);
  expect(pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: edges[0]!.cursor,
    endCursor: edges[19]!.cursor,
  });
});

test('gives every row once when followed from page to page', async () => {
  const seen: { id: string }[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { nodes, pageInfo }: Connection<{ id: string }> = await page({ first: 60, after }, list);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    seen.push(...nodes);
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  expect(seen).toEqual(rows);
});

test('says that there is no next page where the page ends with the list', async () => {
  const { pageInfo } = await page(
    { first: 100 },
    { ...list, fetch: async (limit) => rows.slice(0, 100).slice(0, limit) },
  );
  expect(pageInfo.hasNextPage).toBe(false);
});

test('has no cursors where there is nothing', async () => {
  expect(await page({}, { ...list, fetch: async () => [] })).toEqual({
    edges: [],
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test.each([0, -1, 101, 100_000_000])('refuses a page of %d rows', async (first) => {
  await expect(page({ first }, list)).rejects.toEqual(badInput);
});

const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');

describe('a cursor is refused', () => {
  test.each<[string, string]>([
    ['that is empty', ''],
    ['that is no base64', '%%%'],
    ['that is no JSON', Buffer.from('not json').toString('base64url')],
    ['that is no list', forged({ name: 'things by id' })],
    ['of another list', forged(['things by time', '001'])],
    ['whose position is no text', forged(['things by id', 1])],
    ['without a position', forged(['things by id'])],
    ['with more than a position', forged(['things by id', '001', '002'])],
    ['whose position has another form', forged(['things by id', "' or true"])],
  ])('%s', async (_what, after) => {
    await expect(page({ after }, list)).rejects.toEqual(badInput);
  });

  test('of the same list in another order', async () => {
    const { pageInfo } = await page({}, { ...list, name: 'things by id, backwards' });
    await expect(page({ after: pageInfo.endCursor }, list)).rejects.toEqual(badInput);
  });
});

describe('a position', () => {
  test.each([
    [timePosition, '2026-01-31T09:30:00.000Z'],
    [idPosition, '0190d5a8-7c1e-7b3a-9f52-0123456789ab'],
    [amountPosition, '-12345'],
  ])('has the form of what it stands for', (position, text) => {
    expect(position.safeParse(text).success).toBe(true);
  });

  test.each([
    [timePosition, 'yesterday'],
    [timePosition, '2026-13-31T09:30:00.000Z'],
    [timePosition, '0000-01-31T09:30:00.000Z'],
    [idPosition, '1'],
    [amountPosition, '12.5'],
    [amountPosition, '9'.repeat(19)],
  ])('of another form is refused', (position, text) => {
    expect(position.safeParse(text).success).toBe(false);
  });
});
