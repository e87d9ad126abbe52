import { graphql, type GraphQLSchema } from 'graphql';
import { Client } from 'pg';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What `work` sends to PostgreSQL from this process; nothing else in it may ask anything meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const query = Reflect.get(Client.prototype, 'query');
  const recording = function recordingQuery(this: Client, ...args: unknown[]): unknown {
    const [asked, values] = args;
    const statement = typeof asked === 'string' ? { text: asked, values } : (asked as Partial<Statement>);
    statements.push({ text: statement.text ?? '', values: Array.isArray(statement.values) ? statement.values : [] });
    return Reflect.apply(query, this, args);
  };
  Client.prototype.query = recording as typeof query;
  try {
    await work();
  } finally {
    Client.prototype.query = query;
  }
  return statements;
}

export interface Request {
  readonly schema: GraphQLSchema;
  readonly source: string;
  readonly contextValue: object;
  readonly variableValues?: Readonly<Record<string, unknown>>;
}

/**
 * How many statements a subgraph sends for a GraphQL request.
 *
 * @throws where the answer has errors.
 */
export async function countStatements(request: Request): Promise<number> {
  const statements = await statementsOf(async () => {
    const { errors } = await graphql(request);
    if (errors !== undefined) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  });
  return statements.length;
}

/** Asks for entities of one type, as the router does for what another subgraph has found. */
export function entitiesOf(type: string, selection: string, ids: readonly string[]) {
  return {
    source: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${type} { ${selection} } }
    }`,
    variableValues: { representations: ids.map((id) => ({ __typename: type, id })) },
  };
}
