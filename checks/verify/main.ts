import { runCommand } from '#local/command.ts';
import { currencies } from '#platform/money/currency.ts';
import { formatAmount } from '#platform/money/money.ts';
import { readLimits } from './config.ts';
import { findDatabases } from './databases.ts';
import { type Finding, findingText } from './finding.ts';
import type { Summary } from './report.ts';
import { verify } from './verify.ts';

/** `npm run verify`: reports each wrong row; exits with 1 if there is one. */
await runCommand('verify', async (signal) => {
  // It only reads, so nothing needs cleaning up before the exit.
  signal.addEventListener('abort', () => process.exit(1));
  const { VERIFY_GRACE_S: graceS, VERIFY_OUTBOX_MAX_AGE_S: outboxMaxAgeS } = readLimits();
  const urls = findDatabases(process.env);
  const beganMs = performance.now();
  const onFinding = (finding: Finding) => process.stdout.write(`${findingText(finding)}\n`);
  const summary = await verify({ urls, graceS, outboxMaxAgeS, onFinding });
  process.stdout.write(summaryText(summary, (performance.now() - beganMs) / 1_000));
  if (summary.findings > 0) process.exitCode = 1;
});

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
