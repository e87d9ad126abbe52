export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: object;
  /** An access token. */
  readonly token?: string | undefined;
}

export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** Sends an operation to a GraphQL endpoint. The caller states the type of the data. */
export async function graphql<Data = Record<string, unknown>>(
  url: string,
  { query, variables, token }: GraphqlRequest,
): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...JSON.parse(await response.text()) };
}

/** @returns the data of an answer. @throws if it has errors. */
export async function graphqlData<Data = Record<string, unknown>>(url: string, request: GraphqlRequest): Promise<Data> {
  const { data, errors } = await graphql<Data>(url, request);
  if (data === undefined || data === null || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
