import { Kind, parse, print, visit } from 'graphql';
import { isSafeIntegerText } from '#platform/graphql/scalars.ts';

/**
 * Turns long integer literals in a subgraph operation into strings. The query planner prints an ID of digits as an
 * integer, even if the client sent a string, and subgraphs refuse unsafe integers. Only an ID can be that long: Int
 * cannot, and the router refuses such numbers for Decimal.
 */
export function withExactIds(operation: string): string {
  if (!/\d{16}/.test(operation)) return operation;
  return print(
    visit(parse(operation, { noLocation: true }), {
      [Kind.INT]: (node) => (isSafeIntegerText(node.value) ? undefined : { kind: Kind.STRING, value: node.value }),
    }),
  );
}
