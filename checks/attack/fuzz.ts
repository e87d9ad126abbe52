import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { answerText } from './case.ts';
import { entities } from './cases/subgraphs.ts';
import type { Answer } from './client.ts';
import { identifiers, valuesOf } from './inputs.ts';
import { leakIn } from './leaks.ts';
import { operationsOf, type OperationsOptions, withOddAliases } from './operations.ts';
import { readSchema, targetsOf } from './targets.ts';
import { signedIn, subgraphNames, type World } from './world.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly world: World;
}

export interface FuzzResult {
  /** How often each field was asked, or each kind of thing. */
  readonly asked: ReadonlyMap<string, number>;
  /** How many of the answers changed something or refused with a reason, by what was told. */
  readonly answers: ReadonlyMap<string, number>;
  /** The smallest inputs that bring out what is wrong, in words. */
  readonly faults: readonly string[];
}

/** Something to ask. */
interface Attempt {
  readonly what: string;
  /** In words, to be asked again. */
  readonly told: string;
  /** Several answers have to be alike. */
  readonly ask: () => Promise<readonly Answer[]>;
}

/**
 * Asks every mutation and every field with arguments with random values, documents of random shapes, and the subgraphs
 * for random entities, all at once, until the time is over or one goes wrong.
 */
export async function fuzz({ seed, durationMs, world }: FuzzOptions): Promise<FuzzResult> {
  const asked = new Map<string, number>();
  const answers = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

  async function run(attempts: fc.Arbitrary<Attempt>): Promise<string | null> {
    const property = fc.asyncProperty(attempts, async ({ what, told, ask }) => {
      const all = await ask();
      count(asked, what);
      for (const { userErrors, codes } of all) count(answers, userErrors[0]?.code ?? codes[0] ?? 'done');
      const fault = all.map((answer) => faultIn(answer, told)).find((one) => one !== null) ?? differenceIn(all);
      if (fault !== null) throw new Error(`${fault}\n${told}\n${all.map(answerText).join('\n')}`);
    });
    const { errorInstance } = await fc.check(property, {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: durationMs,
      markInterruptAsFailure: false,
    });
    return errorInstance instanceof Error ? errorInstance.message : null;
  }

  const kinds = [
    withRandomValues(world),
    ofRandomShape(world),
    ...(world.subgraphs === null ? [] : [forEntities(world)]),
  ];
  const faults = await Promise.all(kinds.map(run));
  return { asked, answers, faults: faults.filter((fault) => fault !== null) };
}

/** They are slow, and after some thousand of them nobody may sign in from here for a while. */
const passwordMutations = new Set(['register', 'login', 'changePassword', 'deleteUser']);

function withRandomValues(world: World): fc.Arbitrary<Attempt> {
  const tokenOf = signedIn(world, world.ada);
  const targets = targetsOf(readSchema()).map((target) => ({
    weight: passwordMutations.has(target.what) ? 1 : 8,
    arbitrary: fc.constant(target),
  }));
  return fc.oneof(...targets).chain(({ what, query, args }) =>
    fc.record(Object.fromEntries(args.map(({ name, type }) => [name, valuesOf(type, world)]))).map((variables) => ({
      what,
      told: `${query}\n${JSON.stringify(variables)}`,
      ask: async () => [await world.ask(query, { variables, token: await tokenOf() })],
    })),
  );
}

/**
 * Each is asked twice, since it is planned the first time, and once more with aliases that are no fields' names. Olga's
 * things are left as they are, so that the answers can be compared.
 */
function ofRandomShape(world: World): fc.Arbitrary<Attempt> {
  const tokenOf = signedIn(world, world.olga);
  const { olga } = world;
  const options: OperationsOptions = {
    mutations: false,
    variables: {
      first: [
        { type: 'Int', values: [1, 2, 20] },
        { type: 'Int! = 2', values: [undefined, 1] },
        { type: 'Int = 2', values: [undefined, 1] },
      ],
      id: [
        { type: 'ID!', values: Object.values(olga.accounts) },
        { type: `ID! = "${olga.accounts['USD']}"`, values: [undefined, ...Object.values(olga.accounts)] },
        { type: `ID = "${olga.accounts['USD']}"`, values: [undefined, null, ...Object.values(olga.accounts)] },
      ],
    },
    argument: ({ name, type }, alias) => {
      if (name === 'id') return alias === 'one' ? JSON.stringify(olga.id) : '$id';
      if (name === 'first') return alias === '' ? '$first' : '3';
      return String(type) === 'Currency!' ? { '': 'USD', one: 'EUR', two: 'CNY' }[alias] : null;
    },
  };
  return operationsOf(readSchema(), options).map(({ source, plainSource, variables }) => ({
    what: 'a document',
    told: `${source}\n${JSON.stringify(variables)}`,
    ask: async () => {
      const token = await tokenOf();
      const first = await world.ask(source, { variables, token });
      const second = await world.ask(source, { variables, token });
      return [first, second, withOddAliases(await world.ask(plainSource, { variables, token }))];
    },
  }));
}

/** As whoever reaches a subgraph could ask it, for what may be there, for what is somebody else's, and for nonsense. */
function forEntities(world: World): fc.Arbitrary<Attempt> {
  const places = subgraphNames.flatMap((name) =>
    entities[name].map(([type, , selection]) => ({ name, type, selection })),
  );
  const tokens = fc.constantFrom(world.ada.token, world.eve.token, undefined, 'bad');
  return fc.constantFrom(...places).chain(({ name, type, selection }) => {
    const reference = fc.record({ __typename: fc.constant(type), id: identifiers(world) });
    const of = fc.array(
      fc.oneof({ weight: 30, arbitrary: reference }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }),
      { maxLength: 4 },
    );
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { id ${selection} } } }`;
    return fc.tuple(of, tokens).map(([representations, token]) => ({
      what: `${type} of ${name}`,
      told: `${query}\n${JSON.stringify(representations)}`,
      ask: async () => [
        await world.subgraphs![name].requestAsRouter(query, { variables: { of: representations }, token }),
      ],
    }));
  });
}

function faultIn(answer: Answer, told: string): string | null {
  if (answer.status >= 500) return `status ${answer.status}`;
  const broken = answer.codes.find((code) => ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'none'].includes(code));
  if (broken !== undefined) return `an error with the code ${broken}`;
  const leak = leakIn(answer.text, told);
  return leak === null ? null : `the answer shows ${leak}`;
}

/** What takes its time, or has been asked too often, says nothing of the others. */
function differenceIn(answers: readonly Answer[]): string | null {
  if (answers.some(({ codes }) => codes.some((code) => code === 'RATE_LIMITED' || code === 'SUBGRAPH_TIMEOUT'))) {
    return null;
  }
  const [first, ...others] = answers.map(({ data, codes }) => [data, codes.toSorted()]);
  return others.every((other) => isDeepStrictEqual(other, first))
    ? null
    : 'it is answered differently the second time, or with other aliases';
}
