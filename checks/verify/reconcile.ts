import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import { z } from 'zod';
import { runCommand } from '#local/command.ts';
import { StartFault } from '#local/start-fault.ts';
import { currencies } from '#platform/money/currency.ts';
import { formatAmount } from '#platform/money/money.ts';
import { httpUrl, password, readSettings } from '#platform/process/settings.ts';
import { findDatabases } from './databases.ts';
import { differences, type OwnPayment, type ProvidersPayment } from './domain/reconciliation.ts';
import { amount, orNull, rowParser, text } from './row-parser.ts';
import { takeSnapshot } from './snapshot.ts';

const usage = 'reconcile <day, such as 2026-11-30, or the file of one>';
const timeoutMs = 60_000;
/** The file of a day. A longer one is to be split by the provider. */
const longestFile = 100_000_000;

const columns = `id, state, amount_minor as "amountMinor", currency, provider_id as "providerId"`;

const parseOwn = rowParser<Omit<OwnPayment, 'amount'> & { readonly amountMinor: bigint }>('billing.provider_payments', {
  id: text,
  state: text,
  amountMinor: amount,
  currency: text,
  providerId: orNull(text),
});

function parsePayment(row: Readonly<Record<string, unknown>>): OwnPayment {
  const { amountMinor: minor, ...own } = parseOwn(row);
  const currency = currencies.find((one) => one === own.currency);
  return { ...own, amount: currency === undefined ? String(minor) : formatAmount({ minor, currency }) };
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

const noFile = (): never => {
  throw new StartFault(`There is no such file. ${usage}`);
};

const dayFile = z.object({
  payments: z.array(
    z.object({
      id: z.string().max(200),
      reference: z.uuid(),
      amount: z.string().max(40),
      currency: z.string().max(3),
      state: z.enum(['pending', 'completed', 'failed']),
    }),
  ),
});

function parseFile(content: string): readonly ProvidersPayment[] {
  if (content.length > longestFile) throw new StartFault('The file is too long.');
  try {
    return dayFile.parse(JSON.parse(content)).payments;
  } catch {
    throw new StartFault('The file is not one of the provider (docs/extending/provider.md).');
  }
}

async function fetchDay(day: string): Promise<string> {
  const { PROVIDER_URL, PROVIDER_API_KEY } = readSettings(
    { PROVIDER_URL: httpUrl, PROVIDER_API_KEY: password },
    process.env,
  );
  const answer = await request(`${PROVIDER_URL}/days/${day}`, {
    headers: { authorization: `Bearer ${PROVIDER_API_KEY}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (answer.statusCode !== 200) throw new StartFault(`The provider answered with status ${answer.statusCode}.`);
  return await answer.body.text();
}

/**
 * `npm run reconcile -- 2026-11-30` compares the provider's file of a day with the wallet's deposits, prints each
 * difference, and exits with 1 if there is one. It reads with the role of `verify`, and changes nothing.
 */
await runCommand('reconcile', async (signal) => {
  signal.addEventListener('abort', () => process.exit(1));
  const [which, ...others] = process.argv.slice(2);
  if (which === undefined || others.length > 0) throw new StartFault(usage);
  const theirs = parseFile(isDay(which) ? await fetchDay(which) : await readFile(which, 'utf8').catch(noFile));
  const day = isDay(which) ? which : null;
  const snapshot = await takeSnapshot('billing', findDatabases(process.env).billing);
  try {
    const known = await snapshot.list(
      parsePayment,
      `select ${columns} from provider_payments where id = any($1::uuid[])`,
      [theirs.map(({ reference }) => reference)],
    );
    // A payment that the wallet ended on this day, in UTC, has to be in the file.
    const ended = await snapshot.list(
      parsePayment,
      `select ${columns} from provider_payments
       where state = 'COMPLETED' and ended_at >= $1::date::timestamp at time zone 'UTC'
         and ended_at < ($1::date + 1)::timestamp at time zone 'UTC'`,
      [day],
    );
    const found = differences(theirs, [...known, ...ended]);
    for (const { reference, what } of found) process.stdout.write(`${reference}: ${what}\n`);
    process.stdout.write(`Payments in the file: ${theirs.length}. Differences: ${found.length}.\n`);
    if (found.length > 0) process.exitCode = 1;
  } finally {
    await snapshot.close();
  }
});
