import { beforeAll, describe, expect, test } from '@jest/globals';
import { abstractCases } from '#test/federation/cases/abstract.ts';
import { entityCases } from '#test/federation/cases/entities.ts';
import { errorCases } from '#test/federation/cases/errors.ts';
import { interfaceObjectCases } from '#test/federation/cases/interface-objects.ts';
import { keyCases } from '#test/federation/cases/keys.ts';
import { listCases } from '#test/federation/cases/lists.ts';
import { mismatchCases } from '#test/federation/cases/mismatch.ts';
import { mutationCases } from '#test/federation/cases/mutations.ts';
import { nullCases } from '#test/federation/cases/nulls.ts';
import { operationCases } from '#test/federation/cases/operations.ts';
import { ownershipCases } from '#test/federation/cases/ownership.ts';
import { providesCases } from '#test/federation/cases/provides.ts';
import { publicSchemaCases } from '#test/federation/cases/public-schema.ts';
import { requiresCases } from '#test/federation/cases/requires.ts';
import { requiresOfAbstractCases } from '#test/federation/cases/requires-of-abstract.ts';
import { requiresOfRequiresCases } from '#test/federation/cases/requires-of-requires.ts';
import { shareableCases } from '#test/federation/cases/shareable.ts';
import { composeSupergraph } from '#test/federation/compose.ts';
import { answerOf, type Contenders, startContenders } from '#test/federation/contenders.ts';
import type { FederationAnswer, FederationCase, FederationOperation } from '#test/federation/federation-case.ts';
import type { Executor } from './executor.ts';

/**
 * What Apollo Federation can ask of an executor, as small supergraphs. Each operation is executed twice by the gateway's
 * executor and twice by ours: the second time, each executor uses the plan that it kept.
 */

const cases: readonly FederationCase[] = [
  ...entityCases,
  ...keyCases,
  ...nullCases,
  ...shareableCases,
  ...requiresCases,
  ...requiresOfRequiresCases,
  ...requiresOfAbstractCases,
  ...providesCases,
  ...ownershipCases,
  ...publicSchemaCases,
  ...abstractCases,
  ...mismatchCases,
  ...interfaceObjectCases,
  ...operationCases,
  ...listCases,
  ...mutationCases,
  ...errorCases,
];

/** Errors of fetches that run side by side come in any order. */
function expected({ data, errors = [] }: FederationAnswer) {
  return { data, errors: errors.map((error) => JSON.stringify(error)).toSorted() };
}

function titleOf({ source, variables }: FederationOperation): string {
  return variables === undefined ? source : `${source} ${JSON.stringify(variables)}`;
}

describe.each(cases)('$name', ({ subgraphs, operations }) => {
  let contenders: Contenders;
  beforeAll(async () => {
    contenders = await startContenders(composeSupergraph(subgraphs));
  });

  async function ask(executor: Executor, source: string, variables = {}) {
    const { data, errors } = await answerOf(contenders, executor, { source, variables });
    return { data, errors: errors.toSorted() };
  }

  const titled = operations.map((operation) => [titleOf(operation), operation] as const);

  test.each(titled)('%s', async (_title, operation) => {
    const { source, variables, leftToGateway = false, misplanned = operation, gateway = misplanned } = operation;
    for (const execution of ['first', 'second']) {
      const answer = await ask(contenders.gateway, source, variables);
      expect({ execution, ...answer }).toEqual({ execution, ...expected(gateway) });
    }
    for (const execution of ['first', 'second']) {
      const before = contenders.fetched();
      const answer = await ask(contenders.ours, source, variables);
      expect({ execution, ...answer }).toEqual({ execution, ...expected(misplanned) });
      expect({ execution, leftToGateway: contenders.fetched() > before }).toEqual({ execution, leftToGateway });
    }
  });
});
