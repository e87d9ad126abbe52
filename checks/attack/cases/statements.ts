import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';

/** Statements as CSV: invalid periods, and descriptions that a spreadsheet would execute as formulas. */

const badPeriod: Expectation = { status: 400, code: 'BAD_USER_INPUT' };

export const statementCases: readonly Case[] = [
  statement('from after to', 'from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', badPeriod),
  statement('a date in place of a time', 'from=2026-01-01', badPeriod),
  statement('a day that is not in the calendar', 'to=2026-02-30T00:00:00Z', badPeriod),
  statement('a bound twice', 'from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z', {
    status: 400,
    code: 'BAD_REQUEST',
  }),
  statement('a misspelt bound', 'until=2026-01-01T00:00:00Z', badPeriod),
  statement('a NUL in a bound', 'from=%00', badPeriod),
  statement('a bound of 10,000 digits', `from=2026-01-01T00:00:00.${'1'.repeat(10_000)}Z`, {
    status: 400,
    code: 'BAD_REQUEST',
  }),
  ...[';=1+1;', '；＝1+1', '\r\n=1+1', '\t@SUM(A1)', '\u00A0"=1+1"', '\u200B-1+1', `;+cmd|' /C calc'!A0`].map(
    (formula): Case => ({
      title: `a statement with the description ${JSON.stringify(formula)}`,
      request: async ({ request, send, ada: { accounts, token } }) => {
        const input = {
          fromAccountId: accounts['USD'],
          toAccountId: accounts['EUR'],
          amount: { amount: '1.00', currency: 'USD' },
          description: formula,
          idempotencyKey: randomUUID(),
        };
        await request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
          variables: { input },
          token,
        });
        return await send(`/statements/${accounts['EUR']}.csv`, { headers: { authorization: `Bearer ${token}` } });
      },
      expected: {
        status: 200,
        also: ({ text }) => (/[;；\t\n"\u00A0\u200B][=＝@+-]/u.test(text) ? 'a cell is a formula' : null),
      },
    }),
  ),
];

function statement(title: string, query: string, expected: Expectation): Case {
  return {
    title: `a statement with ${title}`,
    request: async ({ send, ada: { accounts, token } }) =>
      await send(`/statements/${accounts['USD']}.csv?${query}`, { headers: { authorization: `Bearer ${token}` } }),
    expected,
  };
}
