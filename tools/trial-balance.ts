import { parseArgs } from 'node:util';
import { database } from '#billing/database.ts';
import { type TrialBalanceDay, trialBalance } from '#billing/services/trial-balance.ts';
import { runCommand } from '#local/command.ts';
import { StartFault } from '#local/start-fault.ts';
import { formatAmount } from '#platform/money/money.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { now } from '#platform/process/clock.ts';
import { findDatabases } from '#verify/databases.ts';

/**
 * `npm run trial-balance -- [--day 2026-01-31]`: prints the trial balance of a day in UTC, or of yesterday. It connects as
 * the verifier, which only reads.
 */
await runCommand('trial-balance', async () => {
  const day = readDay();
  const orm = await openDatabase(database, {
    url: findDatabases(process.env).billing,
    poolSize: 1,
    applicationName: 'trial-balance',
    // It reads every entry up to the day.
    isPatient: true,
  });
  try {
    process.stdout.write(textOf(await trialBalance(orm.em.fork(), day)));
  } finally {
    await orm.close();
  }
});

/** @throws StartFault for anything that is not a day. */
function readDay(): Date {
  const usage = 'trial-balance [--day 2026-01-31]';
  let day: string | undefined;
  try {
    ({ day } = parseArgs({ options: { day: { type: 'string' } } }).values);
  } catch {
    throw new StartFault(usage);
  }
  if (day === undefined) return new Date(now().getTime() - 86_400_000);
  const time = new Date(`${day}T00:00:00.000Z`);
  // A day that no month has, such as 30 February, would be read as a day of the next month.
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== day) throw new StartFault(usage);
  return time;
}

function textOf({ from, lines }: TrialBalanceDay): string {
  const rows = lines.map(({ account, currency, openingMinor, debitsMinor, creditsMinor }) => {
    const closingMinor = openingMinor - debitsMinor + creditsMinor;
    const amounts = [openingMinor, debitsMinor, creditsMinor, closingMinor];
    return [account ?? 'CUSTOMERS', currency, ...amounts.map((minor) => formatAmount({ minor, currency }))];
  });
  const title = `Trial balance of ${from.toISOString().slice(0, 10)} (UTC)\n`;
  return title + [['account', 'currency', 'opening', 'debits', 'credits', 'closing'], ...rows].map(lineOf).join('');
}

function lineOf([account = '', currency = '', ...amounts]: readonly string[]): string {
  return `${account.padEnd(13)}${currency.padEnd(9)}${amounts.map((amount) => amount.padStart(22)).join('')}\n`;
}
