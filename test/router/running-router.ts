import { createLog } from '#platform/telemetry/log.ts';
import { settingForEach } from '#platform/process/setting-names.ts';
import { readConfig } from '#router/config.ts';
import { startRouter } from '#router/router.ts';
import { loadEach } from '#subgraphs/load.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { executionSettings } from './execution-settings.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { type DoubleResolvers, startSubgraphDouble, type SubgraphDouble } from './subgraph-double.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: { code: string } }[] | undefined;
}

/** A router in this process, with doubles of all subgraphs and a token issuer. */
export async function startRouterWithDoubles(
  resolvers: Partial<Record<SubgraphName, DoubleResolvers>> = {},
  settings: NodeJS.ProcessEnv = {},
) {
  const issuer = await startIssuer();
  const subgraphs = await loadEach(
    subgraphNames,
    async (name) => await startSubgraphDouble(name, resolvers[name] ?? {}),
  );
  const config = {
    ...readConfig({ ...addressesOf(subgraphs, issuer), EXPLORER: 'false', ...executionSettings, ...settings }),
    ROUTER_PORT: 0,
    ROUTER_MANAGEMENT_PORT: 0,
  };
  const router = await startRouter(config, createLog('router', 'silent'));
  const origin = `http://127.0.0.1:${router.port}`;

  return {
    origin,
    management: `http://127.0.0.1:${router.managementPort}`,
    issuer,
    subgraphs,
    /** Sends an operation or any other request, as a client does. */
    ask: async (query: string, { variables = {}, headers = {} }: AskOptions = {}): Promise<Answer> =>
      await post(origin, JSON.stringify({ query, variables }), headers),
    request: async (path: string, init: RequestInit): Promise<Answer> => await send(`${origin}${path}`, init),
    post: async (body: BodyInit | null, headers: Record<string, string> = {}) => await post(origin, body, headers),
    stop: async () => {
      await router.stop();
      await Promise.all(Object.values(subgraphs).map(async (subgraph) => await subgraph.stop()));
      await issuer.stop();
    },
  };
}

export type RunningRouter = Awaited<ReturnType<typeof startRouterWithDoubles>>;

interface AskOptions {
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

export function addressesOf(subgraphs: Record<SubgraphName, SubgraphDouble>, issuer: Issuer): NodeJS.ProcessEnv {
  return {
    ...settingForEach(subgraphNames, 'URL', (name) => subgraphs[name].url),
    JWKS_URL: issuer.jwksUrl,
  };
}

async function post(origin: string, body: BodyInit | null, headers: Record<string, string>): Promise<Answer> {
  return await send(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const { data, errors }: Partial<Answer> = isJson ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, data, errors };
}
