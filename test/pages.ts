import { expect } from '@jest/globals';

/** A page as services and clients see it. */
export interface Page<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node?: Row }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Reads a list page by page to its end, and checks the page info of each page. */
export async function followPages<Row>(
  first: number,
  read: (after: string | null) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { edges, nodes, pageInfo }: Page<Row> = await read(after);
    expect(edges).toHaveLength(nodes.length);
    expect(pageInfo).toMatchObject({
      hasPreviousPage: after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    });
    if (pageInfo.hasNextPage) expect(nodes).toHaveLength(first);
    else expect(nodes.length).toBeLessThanOrEqual(first);
    rows.push(...nodes);
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  return rows;
}

/** The expected order of a list: by value, then by id. */
export function sortedBy<Row extends { readonly id: string }>(
  rows: readonly Row[],
  valueOf: (row: Row) => Date | bigint,
  direction: 'ASC' | 'DESC',
): Row[] {
  const ascending = rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a).valueOf(), valueOf(b).valueOf()];
    if (left !== right) return left < right ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });
  return direction === 'ASC' ? ascending : ascending.toReversed();
}

/** @returns invalid cursors for a list. @param own a valid cursor of the list. @param others cursors of other lists and orders. */
export function badCursors(own: string, ...others: readonly string[]): string[] {
  const forged = (...content: unknown[]) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const [name, ...position] = JSON.parse(Buffer.from(own, 'base64url').toString());
  return [
    ...others,
    '',
    'x',
    '%00',
    "' or true --",
    own.slice(0, -4),
    forged(),
    forged(name),
    forged(name, ...position, 'more'),
    forged(name, ...position.map(() => '')),
    forged(name, ...position.map(() => "' or true --")),
    forged(name, ...position.map(() => 1)),
    forged(name, '0000-01-01T00:00:00.000Z', ...position.slice(1)),
    forged(name, '9'.repeat(40), ...position.slice(1)),
    forged('another list', ...position),
  ];
}
