import { z } from 'zod';
import { badArgument } from '../errors/faults.ts';

/**
 * Relay's forward paging by position: a cursor contains the sort values of its row, so that pages stay right while rows
 * are added.
 * @see https://relay.dev/graphql/connections.htm
 */

export const largestPage = 100;

export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

export interface Connection<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The sort values of a row, as text, in the order in which the list is sorted. */
export type Position = readonly string[];

export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface List<Row, At extends Position> {
  /** Name of the list and its order: a cursor of another list or order is refused. */
  readonly name: string;
  /** The schema of a cursor's position. */
  readonly position: z.ZodType<At>;
  readonly positionOf: (row: Row) => At;
  /** Reads at most `limit` rows after a position, in order. */
  readonly fetch: (limit: number, after: At | null) => Promise<readonly Row[]>;
}

/**
 * Returns one page of a list.
 *
 * @throws BAD_USER_INPUT if `first` is not 1 to 100 or `after` is no cursor of this list.
 */
export async function page<Row, At extends Position>(
  request: PageRequest,
  list: List<Row, At>,
): Promise<Connection<Row>> {
  const first = request.first ?? 20;
  if (first < 1 || first > largestPage) throw badArgument(['first'], `"first" must be 1 to ${largestPage}.`);
  const after = request.after == null ? null : decodeCursor(request.after, list);
  const rows = await list.fetch(first + 1, after);
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ node, cursor: encodeCursor(list.name, list.positionOf(node)) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** In characters: three times the longest cursor. */
const longestCursor = 500;

function encodeCursor(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

function decodeCursor<At extends Position>(cursor: string, list: Pick<List<never, At>, 'name' | 'position'>): At {
  const [name, ...position] = cursor.length > longestCursor ? [] : textsIn(cursor);
  const parsed = list.position.safeParse(position);
  if (name === list.name && parsed.success) return parsed.data;
  throw badArgument(['after'], '"after" is not a cursor of this list in this order.');
}

/** A cursor that cannot be decoded is refused like one of another list. */
function textsIn(cursor: string): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return [];
  }
}

/** PostgreSQL has no year 0. */
export const timePosition = z.iso.datetime().refine((time) => !time.startsWith('0000'));
export const idPosition = z.uuid();
export const amountPosition = z.string().regex(/^-?\d{1,18}$/);
