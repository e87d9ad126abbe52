import { answerText, type Case, faultOf } from './case.ts';
import { credentialCases } from './cases/credentials.ts';
import { dataCases } from './cases/data.ts';
import { documentCases } from './cases/documents.ts';
import { idempotencyCases } from './cases/idempotency.ts';
import { identityCases } from './cases/identity.ts';
import { moneyCases } from './cases/money.ts';
import { othersCases } from './cases/others.ts';
import { peopleCases } from './cases/people.ts';
import { statementCases } from './cases/statements.ts';
import { subgraphCases } from './cases/subgraphs.ts';
import { transportCases } from './cases/transport.ts';
import { wholeAnswerCases } from './cases/whole-answers.ts';
import { fuzz } from './fuzz.ts';
import { watchMemory } from './memory.ts';
import type { World } from './world.ts';

export interface AttackOptions {
  readonly world: World;
  /** Of the processes whose memory is watched, by their names. */
  readonly processes: Readonly<Record<string, string>>;
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
  ['What is somebody else’s', othersCases],
  ['People', peopleCases],
  ['Data', dataCases],
  ['Statements', statementCases],
  ['Answers that are whole', wholeAnswerCases],
];

/** Asks for every bad input that is known, then for random ones, and gives what was not answered as it should be. */
export async function attack({ world, processes, seed, fuzzMs, tell }: AttackOptions): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, cases] of groups) faults.push(...(await attemptAll(name, cases, world, tell)));
  if (world.subgraphs === null) tell('\nThe subgraphs are not attacked: it is not known where they are.');
  else faults.push(...(await attemptAll('Subgraphs, past the router', subgraphCases, world, tell)));
  if (world.queueServer === null) tell("\nThe queue server is not attacked: the router's credentials are not known.");
  else faults.push(...(await attemptAll('The queue server', credentialCases, world, tell)));

  tell(`\nRandom values, documents and entities, with --seed ${seed}, for ${fuzzMs / 1_000} s`);
  const stopWatching = watchMemory(processes);
  const { asked, answers, faults: found } = await fuzz({ seed, durationMs: fuzzMs, world });
  const memory = await stopWatching();
  tell(`  asked     ${countsText(asked)}`);
  tell(`  answered  ${countsText(answers)}`);
  tell(`  in use    ${memory.line}`);
  faults.push(...[...found, ...memory.faults].map((fault) => `with --seed ${seed}: ${fault}`));
  const alive = await world.ask('{ viewer { accounts { balance { amount } } } }', { token: world.ada.token });
  if (alive.status >= 500) faults.push(`afterwards: ${answerText(alive)}`);
  return faults;
}

async function attemptAll(
  group: string,
  cases: readonly Case[],
  world: World,
  tell: (line: string) => void,
): Promise<string[]> {
  tell(`\n${group}`);
  const faults: string[] = [];
  for (const one of cases) {
    const { line, fault } = await attempt(one, world);
    tell(line);
    if (fault !== null) faults.push(`${group}: ${one.what}: ${fault}`);
  }
  return faults;
}

async function attempt(one: Case, world: World): Promise<{ readonly line: string; readonly fault: string | null }> {
  const answer = await one.ask(world);
  const fault = await faultOf(answer, one.expected, world);
  return { line: `  ${fault === null ? 'ok   ' : 'WRONG'}  ${one.what.padEnd(60)} ${answerText(answer)}`, fault };
}

function countsText(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
