import { parseArgs } from 'node:util';
import { runCommand } from '#local/command.ts';
import { StartFault } from '#local/start-fault.ts';
import { currencies } from '#platform/money/currency.ts';
import { formatAmount } from '#platform/money/money.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { readLimits } from './config.ts';
import { findDatabases } from './databases.ts';
import { type Finding, findingText } from './finding.ts';
import { beginRun, type RecordedRun } from './recorded-run.ts';
import type { Summary } from './report.ts';
import { verify } from './verify.ts';

/**
 * `npm run verify`: reports each wrong row; exits with 1 if there is one. With `--due`, it works only if an operator has
 * requested a run or the schedule has one, and writes the result for the desk.
 */
await runCommand('verify', async (signal) => {
  const isDue = readArguments();
  const limits = readLimits();
  const urls = findDatabases(process.env);
  const run = isDue ? await beginRun(urls.billing, limits.VERIFY_EVERY_S ?? null) : null;
  if (isDue && run === null) {
    process.stdout.write('No run is due.\n');
    return;
  }
  if (run === null) {
    // It only reads, so nothing needs cleaning up before the exit.
    signal.addEventListener('abort', () => process.exit(1));
  } else {
    const stopped = () => void giveUp(run, 'The runner was stopped.');
    signal.addEventListener('abort', stopped);
    // The signal may have come while the run began.
    if (signal.aborted) stopped();
    const { VERIFY_TIME_LIMIT_S: limitS } = limits;
    setTimeout(() => void giveUp(run, `The run took longer than ${limitS} seconds.`), limitS * 1_000).unref();
  }
  try {
    await check(urls, limits, run);
  } catch (error) {
    if (run !== null) await recordFailure(run, errorText(error));
    throw error;
  }
});

/** @returns whether only a due run is wanted. */
function readArguments(): boolean {
  try {
    return parseArgs({ options: { due: { type: 'boolean' } } }).values.due ?? false;
  } catch {
    throw new StartFault('verify [--due]');
  }
}

/** Ends the process, also where the database that gets the reason does not answer: then the run expires. */
async function giveUp(run: RecordedRun, reason: string): Promise<never> {
  process.stderr.write(`${reason}\n`);
  await recordFailure(run, reason);
  process.exit(1);
}

/** Says so where the reason cannot be recorded. The reason itself is the more useful fault: it is thrown or printed too. */
async function recordFailure(run: RecordedRun, reason: string): Promise<void> {
  try {
    await run.fail(reason);
  } catch (error) {
    process.stderr.write(`The end of the run could not be recorded: ${errorText(error)}\n`);
  }
}

async function check(
  urls: ReturnType<typeof findDatabases>,
  { VERIFY_GRACE_S: graceS, VERIFY_OUTBOX_MAX_AGE_S: outboxMaxAgeS }: ReturnType<typeof readLimits>,
  run: RecordedRun | null,
): Promise<void> {
  const beganMs = performance.now();
  const onFinding = (finding: Finding) => {
    run?.found(finding);
    process.stdout.write(`${findingText(finding)}\n`);
  };
  const summary = await verify({ urls, graceS, outboxMaxAgeS, onFinding });
  process.stdout.write(summaryText(summary, (performance.now() - beganMs) / 1_000));
  if (run !== null && !(await run.end())) throw new StartFault('The run took so long that another one has begun.');
  if (summary.findings > 0) process.exitCode = 1;
}

function summaryText({ findings, rows, owedMinor }: Summary, tookS: number): string {
  const verdict = findings === 0 ? 'No findings' : `Findings: ${findings}`;
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  const tables = Object.entries(rows).map(([table, count]) => `  ${table.padEnd(28)}${String(count).padStart(12)}\n`);
  const checked = `Rows checked in ${tookS.toFixed(1)} s and ${peakMb.toFixed(0)} MB:\n${tables.join('')}`;
  return `${verdict}. ${checked}${owedText(owedMinor)}`;
}

function owedText(owedMinor: Summary['owedMinor']): string {
  const amounts = currencies.flatMap((currency) => {
    const minor = owedMinor[currency] ?? 0n;
    return minor === 0n ? [] : [`${formatAmount({ minor, currency })} ${currency}`];
  });
  return amounts.length === 0 ? '' : `Owed to customers whose account is closed: ${amounts.join(', ')}.\n`;
}
