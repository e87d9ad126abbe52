import fc from 'fast-check';
import { answerText } from './case.ts';
import type { Answer } from './client.ts';
import { valuesOf } from './inputs.ts';
import { leakIn } from './leaks.ts';
import { readSchema, type Target, targetsOf } from './targets.ts';
import type { World } from './world.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly world: World;
}

export interface FuzzResult {
  /** How often each field was asked. */
  readonly asked: ReadonlyMap<string, number>;
  /** How many of the answers changed something or refused with a reason, by what was told. */
  readonly answers: ReadonlyMap<string, number>;
  /** The smallest input that brings out what is wrong, in words. */
  readonly fault: string | null;
}

/** Asks every mutation and every field with arguments with random values until the time is over, or one goes wrong. */
export async function fuzz({ seed, durationMs, world }: FuzzOptions): Promise<FuzzResult> {
  const asked = new Map<string, number>();
  const answers = new Map<string, number>();
  const targets = targetsOf(readSchema());
  const attack = fc
    .constantFrom(...targets)
    .chain((target) => fc.record({ target: fc.constant(target), variables: variablesOf(target, world) }));
  const run = await fc.check(
    fc.asyncProperty(attack, async ({ target, variables }) => {
      const answer = await world.ask(target.query, { variables, token: world.ada.token });
      asked.set(target.what, (asked.get(target.what) ?? 0) + 1);
      const told = answer.userErrors[0]?.code ?? answer.codes[0] ?? 'done';
      answers.set(told, (answers.get(told) ?? 0) + 1);
      const fault = faultIn(answer);
      if (fault !== null) {
        throw new Error(`${fault}\n${target.query}\n${JSON.stringify(variables)}\n${answerText(answer)}`);
      }
    }),
    { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: durationMs, markInterruptAsFailure: false },
  );
  const { errorInstance } = run;
  return { asked, answers, fault: errorInstance instanceof Error ? errorInstance.message : null };
}

function variablesOf({ args }: Target, world: World): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(args.map(({ name, type }) => [name, valuesOf(type, world)])));
}

function faultIn(answer: Answer): string | null {
  if (answer.status >= 500) return `status ${answer.status}`;
  const broken = answer.codes.find((code) => ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'none'].includes(code));
  if (broken !== undefined) return `an error with the code ${broken}`;
  const leak = leakIn(answer.text);
  return leak === null ? null : `the answer shows ${leak}`;
}
