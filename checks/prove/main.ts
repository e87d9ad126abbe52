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

/** `npm run prove`: puts the system under every fault that the promises are about; ends with 1 where one is missed. */
await runCommand('prove', async (signal) => {
  const options = readOptions();
  const stamp = now().toISOString().replaceAll(/[:.]/g, '-');
  const file = resolve(options.output ?? join(project, '.data', `prove-${stamp}.txt`));
  mkdirSync(dirname(file), { recursive: true });
  const say = (text: string) => void process.stdout.write(`${now().toISOString().slice(11, 19)} ${text}\n`);
  const header = `prove --seed ${options.seed} --orders ${options.orders} --kills ${options.kills} --queue ${options.queue}`;
  say(header);
  const stage = await startStage({ ...options, random: randomFrom(options.seed), output: `${file}.log`, say });
  try {
    const results = await Promise.race([proveAll(stage, options.only), aborted(signal).then(() => null)]);
    if (results === null) return;
    const table = tableOf(header, results);
    writeFileSync(file, table);
    process.stdout.write(`\n${table}\nWritten to ${file}; what the processes said is in ${file}.log\n`);
    if (results.some(({ outcome }) => !outcome.reached)) process.exitCode = 1;
  } finally {
    await stage.stop();
    // Requests of a row that was given up may still be under way.
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
    stage.say(`${row.name}: ${row.how(stage)}`);
    const outcome = await prove(stage, row);
    stage.say(`${row.name}: ${outcome.reached ? 'reached' : 'MISSED'}: ${outcome.figure}`);
    results.push({ promise: row.promise, how: row.how(stage), outcome });
  }
  return results;
}

/** What goes wrong in a row is a miss, and leaves the others their turn. */
async function prove(stage: Stage, row: Row): Promise<Outcome> {
  try {
    return await row.run(stage);
  } catch (error) {
    return { figure: errorText(error), reached: false };
  }
}

/** As Markdown, so that a run can be shown as it is. */
function tableOf(header: string, results: readonly Result[]): string {
  const lines = results.map(
    ({ promise, how, outcome }) => `| ${promise} | ${how} | ${outcome.figure} | ${outcome.reached ? 'yes' : 'NO'} |`,
  );
  return [header, '', '| Promise | How | Figure | Reached |', '|---|---|---|---|', ...lines, ''].join('\n');
}
