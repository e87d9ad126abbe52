import { type SubgraphName, subgraphNames, subgraphs, tokenIssuer } from '#subgraphs/manifest.ts';

/** The subgraphs that this one connects to: the issuer of tokens for its keys, and those that it calls. */
export function peersOf(name: SubgraphName): readonly SubgraphName[] {
  const connected = new Set<string>([...(name === tokenIssuer ? [] : [tokenIssuer]), ...subgraphs[name].calls]);
  return subgraphNames.filter((other) => connected.has(other));
}

/** The subgraphs that connect to this one. */
export function callersOf(name: SubgraphName): readonly SubgraphName[] {
  return subgraphNames.filter((other) => peersOf(other).includes(name));
}

const originOf = (name: SubgraphName) => `http://${name}:${subgraphs[name].port}`;
const jwksUrl = `${originOf(tokenIssuer)}/.well-known/jwks.json`;

/** The settings of a subgraph's server with the URLs of others, where a subgraph's name is its host. */
export function addressesOf(name: SubgraphName): readonly (readonly [setting: string, url: string])[] {
  const calls: readonly string[] = subgraphs[name].calls;
  return [...urlsOf(subgraphNames.filter((other) => calls.includes(other))), ...(name === tokenIssuer ? [] : [jwks])];
}

/** The settings of the router with the URLs of the subgraphs. */
export const routerAddresses = () => [...urlsOf(subgraphNames), jwks];

const jwks = ['JWKS_URL', jwksUrl] as const;
const urlsOf = (names: readonly SubgraphName[]) =>
  names.map((name) => [`${name.toUpperCase()}_URL`, `${originOf(name)}/graphql`] as const);
