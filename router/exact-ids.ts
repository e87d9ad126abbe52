import { Kind, parse, print, visit } from 'graphql';
import { isSafeIntegerText } from '#platform/graphql/scalars.ts';

/**
 * Writes long numbers in an operation for a subgraph as strings. The query planner prints each ID that consists of
 * digits as an integer, a string of the client's too, and subgraphs refuse integers that are not safe. Int has no values
 * of that length, and the router takes none for Decimal, so only an ID can be meant.
 */
export function withExactIds(operation: string): string {
  if (!/\d{16}/.test(operation)) return operation;
  return print(
    visit(parse(operation, { noLocation: true }), {
      [Kind.INT]: (node) => (isSafeIntegerText(node.value) ? undefined : { kind: Kind.STRING, value: node.value }),
    }),
  );
}
