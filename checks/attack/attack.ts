import { answerText, type Case, faultOf } from './case.ts';
import { apiClientCases, clientTokenCases } from './cases/api-clients.ts';
import { credentialCases } from './cases/credentials.ts';
import { dataCases } from './cases/data.ts';
import { documentCases } from './cases/documents.ts';
import { floodCases } from './cases/floods.ts';
import { idempotencyCases } from './cases/idempotency.ts';
import { identityCases } from './cases/identity.ts';
import { mailCases } from './cases/mail.ts';
import { moneyCases } from './cases/money.ts';
import { othersCases } from './cases/others.ts';
import { peopleCases } from './cases/people.ts';
import { restCases } from './cases/rest.ts';
import { shopCases } from './cases/shops.ts';
import { staffCases } from './cases/staff.ts';
import { statementCases } from './cases/statements.ts';
import { subgraphCases } from './cases/subgraphs.ts';
import { transportCases } from './cases/transport.ts';
import { wholeAnswerCases } from './cases/whole-answers.ts';
import { webhookCases, webhookTokenCases } from './cases/webhooks.ts';
import { fuzz } from './fuzz.ts';
import { watchMemory } from './memory.ts';
import type { World } from './world.ts';

export interface AttackOptions {
  readonly world: World;
  /** The management URL of each process whose memory is watched, by process name. */
  readonly processes: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly fuzzMs: number;
  /** Receives each line of the report. */
  readonly print: (line: string) => void;
}

const groups: readonly [name: string, cases: readonly Case[]][] = [
  ['Transport', transportCases],
  ['Documents', documentCases],
  ['Money and quantities', moneyCases],
  ['Idempotency', idempotencyCases],
  ['Identity', identityCases],
  ['Data of another customer', othersCases],
  ['Registration and login', peopleCases],
  ['Data', dataCases],
  ['Mail', mailCases],
  ['Floods and guesses', floodCases],
  ['API clients', apiClientCases],
  ['Webhooks', webhookCases],
  ['REST', restCases],
  ['Statements', statementCases],
  ['Complete answers', wholeAnswerCases],
];

/** Sends every known bad input, then random ones. @returns a description of each answer that was wrong. */
export async function attack({ world, processes, seed, fuzzMs, print }: AttackOptions): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, cases] of groups) faults.push(...(await attemptAll(name, cases, world, print)));
  if (world.subgraphs === null) print('\nThe subgraphs are not attacked: their URLs are not known.');
  else faults.push(...(await attemptAll('Subgraphs, bypassing the router', subgraphCases, world, print)));
  if (world.intruders === null) print('\nNo tokens of staff and of API clients: the keys of the system are not known.');
  else
    faults.push(
      ...(await attemptAll(
        'Staff, and tokens of API clients and of shops',
        [...staffCases, ...clientTokenCases, ...shopCases, ...webhookTokenCases],
        world,
        print,
      )),
    );
  if (world.queueServer === null) print("\nThe queue server is not attacked: the router's credentials are not known.");
  else faults.push(...(await attemptAll('The queue server', credentialCases, world, print)));

  print(`\nRandom values, documents and entities, with --seed ${seed}, for ${fuzzMs / 1_000} s`);
  const stopWatching = watchMemory(processes);
  const { requests, answers, faults: found } = await fuzz({ seed, durationMs: fuzzMs, world });
  const memory = await stopWatching();
  print(`  requests  ${countsText(requests)}`);
  print(`  answers   ${countsText(answers)}`);
  print(`  memory    ${memory.line}`);
  faults.push(...[...found, ...memory.faults].map((fault) => `with --seed ${seed}: ${fault}`));
  const alive = await world.request('{ viewer { accounts { balance { amount } } } }', { token: world.ada.token });
  if (alive.status >= 500) faults.push(`the router failed after the attack: ${answerText(alive)}`);
  return faults;
}

async function attemptAll(
  group: string,
  cases: readonly Case[],
  world: World,
  print: (line: string) => void,
): Promise<string[]> {
  print(`\n${group}`);
  const faults: string[] = [];
  for (const one of cases) {
    const { line, fault } = await attempt(one, world);
    print(line);
    if (fault !== null) faults.push(`${group}: ${line.trim()}: ${fault}`);
  }
  return faults;
}

async function attempt(one: Case, world: World): Promise<{ readonly line: string; readonly fault: string | null }> {
  const answer = await one.request(world);
  const fault = await faultOf(answer, one.expected, world);
  return { line: `  ${fault === null ? 'ok   ' : 'WRONG'}  ${one.title.padEnd(60)} ${answerText(answer)}`, fault };
}

function countsText(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
