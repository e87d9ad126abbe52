import { answerText, type Case, faultOf } from './case.ts';
import { dataCases } from './cases/data.ts';
import { documentCases } from './cases/documents.ts';
import { idempotencyCases } from './cases/idempotency.ts';
import { identityCases } from './cases/identity.ts';
import { moneyCases } from './cases/money.ts';
import { transportCases } from './cases/transport.ts';
import { fuzz } from './fuzz.ts';
import type { World } from './world.ts';

export interface AttackOptions {
  readonly world: World;
  readonly seed: number;
  readonly fuzzMs: number;
  /** A line of the report. */
  readonly tell: (line: string) => void;
}

const groups: readonly [name: string, cases: readonly Case[]][] = [
  ['Transport', transportCases],
  ['Documents', documentCases],
  ['Money and quantities', moneyCases],
  ['Idempotency', idempotencyCases],
  ['Identity', identityCases],
  ['Data', dataCases],
];

/** Asks for every bad input that is known, then for random ones, and gives what was not answered as it should be. */
export async function attack({ world, seed, fuzzMs, tell }: AttackOptions): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, cases] of groups) {
    tell(`\n${name}`);
    for (const one of cases) {
      const { line, fault } = await attempt(one, world);
      tell(line);
      if (fault !== null) faults.push(`${name}: ${one.what}: ${fault}`);
    }
  }
  tell(`\nRandom values, with --seed ${seed}, for ${fuzzMs / 1_000} s`);
  const { asked, answers, fault } = await fuzz({ seed, durationMs: fuzzMs, world });
  tell(`  asked     ${countsText(asked)}`);
  tell(`  answered  ${countsText(answers)}`);
  if (fault !== null) faults.push(`random values, with --seed ${seed}: ${fault}`);
  const alive = await world.ask('{ viewer { accounts { balance { amount } } } }', { token: world.ada.token });
  if (alive.status !== 200 || alive.codes.length > 0) faults.push(`afterwards: ${answerText(alive)}`);
  return faults;
}

async function attempt(one: Case, world: World): Promise<{ readonly line: string; readonly fault: string | null }> {
  const answer = await one.ask(world);
  const fault = await faultOf(answer, one.expected, world);
  return { line: `  ${fault === null ? 'ok   ' : 'WRONG'}  ${one.what.padEnd(52)} ${answerText(answer)}`, fault };
}

function countsText(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
