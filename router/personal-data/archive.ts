import { z } from 'zod';
import { type ArchiveQueries, listAlias, type PagedList, rootAlias } from './archive-queries.ts';

/** The version of the archive's form. Programs that read an archive check it. */
export const archiveFormat = 'wallet-and-orders/personal-data/1';

/** Sends a query to the graph as the customer. */
export type ReadGraph = (query: string, variables: Record<string, unknown>) => Promise<unknown>;

const object = z.record(z.string(), z.unknown());
const profileData = z.object({ [rootAlias]: object });
const listData = z.object({
  [rootAlias]: z.object({ [listAlias]: z.array(object.and(z.object({ id: z.string() }))) }),
});
const pageData = z.object({
  [rootAlias]: z.object({
    [listAlias]: z.object({
      nodes: z.array(z.unknown()),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

/** Reads the first part of an archive: what is about the customer. */
export async function readProfile({ profile }: ArchiveQueries, read: ReadGraph): Promise<Record<string, unknown>> {
  return profileData.parse(await read(profile, {}))[rootAlias];
}

/** Yields the archive as pieces of one JSON object. Pages are read as they are sent, so one page is in memory. */
export async function* archiveText(
  queries: ArchiveQueries,
  profile: Record<string, unknown>,
  madeAt: Date,
  read: ReadGraph,
): AsyncGenerator<string> {
  const head = JSON.stringify({ format: archiveFormat, madeAt: madeAt.toISOString(), profile });
  yield head.slice(0, -1);
  for (const { name, query, connections } of queries.owners) {
    const owners = listData.parse(await read(query, {}))[rootAlias][listAlias];
    yield `,\n${JSON.stringify(name)}:[`;
    for (const [index, owner] of owners.entries()) {
      yield (index === 0 ? '\n' : ',\n') + JSON.stringify(owner).slice(0, -1);
      for (const connection of connections) yield* listText(connection, read, { id: owner.id });
      yield '}';
    }
    yield ']';
  }
  for (const connection of queries.connections) yield* listText(connection, read, {});
  yield '}\n';
}

/** Yields a member: the name of the list, and its items in the list's order. */
async function* listText({ name, query }: PagedList, read: ReadGraph, of: { id?: string }): AsyncGenerator<string> {
  yield `,\n${JSON.stringify(name)}:[`;
  let separator = '\n';
  for (let after: string | null = null; ;) {
    const page: unknown = await read(query, { ...of, after });
    const { nodes, pageInfo } = pageData.parse(page)[rootAlias][listAlias];
    for (const node of nodes) {
      yield separator + JSON.stringify(node);
      separator = ',\n';
    }
    if (!pageInfo.hasNextPage) break;
    if (pageInfo.endCursor === null || pageInfo.endCursor === after) throw new Error(`the list ${name} does not end`);
    after = pageInfo.endCursor;
  }
  yield ']';
}
