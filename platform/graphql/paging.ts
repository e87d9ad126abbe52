import { z } from 'zod';
import { fault } from '../errors/faults.ts';

/**
 * Relay's forward paging by position: a cursor carries the sort values of its row, so that pages stay right
 * while new rows arrive.
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

export interface List<Row, Place extends Position> {
  /** Name of the list and its order: a cursor of another list or order is refused. */
  readonly name: string;
  /** What the cursor's position has to be. */
  readonly position: z.ZodType<Place>;
  readonly positionOf: (row: Row) => Place;
  /** The rows behind `after`, in order, `limit` at most. */
  readonly fetch: (limit: number, after: Place | null) => Promise<readonly Row[]>;
}

/**
 * One page of a list.
 *
 * @throws BAD_USER_INPUT where `first` is not 1 to 100 or `after` is no cursor of this list.
 */
export async function page<Row, Place extends Position>(
  request: PageRequest,
  list: List<Row, Place>,
): Promise<Connection<Row>> {
  const first = request.first ?? 20;
  if (first < 1 || first > largestPage) throw fault('BAD_USER_INPUT', `"first" must be 1 to ${largestPage}.`);
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

/** Three times as long as any. */
const longestCursor = 500;

function encodeCursor(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

function decodeCursor<Place extends Position>(
  cursor: string,
  list: Pick<List<never, Place>, 'name' | 'position'>,
): Place {
  const [name, ...position] = cursor.length > longestCursor ? [] : textsIn(cursor);
  const place = list.position.safeParse(position);
  if (name === list.name && place.success) return place.data;
  throw fault('BAD_USER_INPUT', '"after" is not a cursor of this list in this order.');
}

/** What cannot be decoded has none, and is refused like what belongs to another list. */
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
