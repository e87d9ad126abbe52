import { describe, expect, test } from '@jest/globals';
import type { Permissions } from '#platform/graphql/shield.ts';
import { loadEach, loadPermissions } from '#subgraphs/load.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { everyField } from './field-walk.ts';
import { subgraphSchema } from './subgraph-schemas.ts';

const tables = await loadEach(subgraphNames, loadPermissions);

describe.each(subgraphNames)('the permission table of %s', (name) => {
  const hasRule = (field: string) => {
    const [type, fieldName] = field.split('.') as [string, string];
    const rules = tables[name][type];
    // The router executes subscriptions with its own queries. A subgraph denies them, as it denies fields without a rule.
    if (type === 'Subscription') return rules === undefined;
    return rules !== undefined && (!isTableOfFields(rules) || rules[fieldName] !== undefined);
  };

  test('has a rule for each field of the schema', () => {
    expect(everyField(subgraphSchema(name)).filter((field) => !hasRule(field))).toEqual([]);
  });

  test('has no rule for what is not in the schema', () => {
    const fields = everyField(subgraphSchema(name));
    const named = Object.entries(tables[name]).flatMap(([type, rules]) =>
      isTableOfFields(rules) ? Object.keys(rules).map((field) => `${type}.${field}`) : [`${type}.`],
    );

    expect(named.filter((rule) => !fields.some((field) => field.startsWith(rule)))).toEqual([]);
  });
});

/** Whether the rules of a type are a table by field. One rule for the whole type is an instance of a class of graphql-shield. */
function isTableOfFields(rules: Permissions[string]): rules is Exclude<Permissions[string], { resolve: unknown }> {
  return Object.getPrototypeOf(rules) === Object.prototype;
}
