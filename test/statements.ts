import { graphql, type GraphQLSchema } from 'graphql';
import { Query } from 'pg';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** @returns the statements that `work` sends to PostgreSQL. Nothing else in this process may send statements meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const submit = Reflect.get(Query.prototype, 'submit');
  // Every wrapper of clients and pools sends its statements through this function.
  Query.prototype.submit = function recordingSubmit(this: Partial<Statement>, ...args) {
    statements.push({ text: this.text ?? '', values: this.values ?? [] });
    return Reflect.apply(submit, this, args);
  };
  try {
    await work();
  } finally {
    Query.prototype.submit = submit;
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
 * Counts the statements that a subgraph sends for a GraphQL request.
 *
 * @throws if the answer has errors.
 */
export async function countStatements(request: Request): Promise<number> {
  const statements = await statementsOf(async () => {
    const { errors } = await graphql(request);
    if (errors !== undefined) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  });
  return statements.length;
}

/** Requests entities of one type, as the router does for references from another subgraph. */
export function entitiesOf(type: string, selection: string, ids: readonly string[]) {
  return {
    source: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${type} { ${selection} } }
    }`,
    variableValues: { representations: ids.map((id) => ({ __typename: type, id })) },
  };
}
