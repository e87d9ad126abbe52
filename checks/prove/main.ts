import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { aborted } from '#local/aborted.ts';
import { project, runCommand } from '#local/command.ts';
import { now } from '#platform/process/clock.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { readOptions } from './options.ts';
import { randomFrom } from './random.ts';
import type { Outcome, Row } from './row.ts';
import { rows } from './rows.ts';
import { type Stage, startStage } from './stage.ts';

/** `npm run prove`: runs the fault-injection tests, one row for each promise; exits with 1 if a row fails. */
await runCommand('prove', async (signal) => {
  const options = readOptions();
  const stamp = now().toISOString().replaceAll(/[:.]/g, '-');
  const file = resolve(options.output ?? join(project, '.data', `prove-${stamp}.txt`));
  mkdirSync(dirname(file), { recursive: true });
  const log = (text: string) => void process.stdout.write(`${now().toISOString().slice(11, 19)} ${text}\n`);
  const header = `prove --seed ${options.seed} --orders ${options.orders} --kills ${options.kills} --queue ${options.queue}`;
  log(header);
  const stage = await startStage({ ...options, random: randomFrom(options.seed), output: `${file}.log`, log });
  try {
    const results = await Promise.race([proveAll(stage, options.only), aborted(signal).then(() => null)]);
    if (results === null) return;
    const table = tableOf(header, results);
    writeFileSync(file, table);
    process.stdout.write(`\n${table}\nThe table is in ${file}, the logs of the processes in ${file}.log\n`);
    if (results.some(({ outcome }) => !outcome.passed)) process.exitCode = 1;
  } finally {
    await stage.stop();
    // Requests of an aborted row may still be running.
    process.exit();
  }
});

interface Result {
  readonly promise: string;
  readonly how: string;
  readonly outcome: Outcome;
}

async function proveAll(stage: Stage, only: readonly string[] | undefined): Promise<Result[]> {
  const results: Result[] = [];
  for (const row of rows.filter(({ name }) => only === undefined || only.includes(name))) {
    stage.log(`${row.name}: ${row.how(stage)}`);
    const outcome = await prove(stage, row);
    stage.log(`${row.name}: ${outcome.passed ? 'passed' : 'FAILED'}: ${outcome.figure}`);
    results.push({ promise: row.promise, how: row.how(stage), outcome });
  }
  return results;
}

/** A fault in a row fails the row; the other rows still run. */
async function prove(stage: Stage, row: Row): Promise<Outcome> {
  try {
    return await row.run(stage);
  } catch (error) {
    return { figure: errorText(error), passed: false };
  }
}

/** Formats the results as a Markdown table. */
function tableOf(header: string, results: readonly Result[]): string {
  const lines = results.map(
    ({ promise, how, outcome }) => `| ${promise} | ${how} | ${outcome.figure} | ${outcome.passed ? 'yes' : 'NO'} |`,
  );
  return [header, '', '| Promise | How | Figure | Passed |', '|---|---|---|---|', ...lines, ''].join('\n');
}
