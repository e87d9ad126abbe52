import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { project } from '#local/command.ts';
import { freePorts } from '#test/free-ports.ts';
import { until } from '#test/until.ts';

/** The GraphQL URLs of subgraphs by their names. */
type SubgraphUrls = Readonly<Record<string, string>>;

/** The subgraphs behind a gateway. */
export interface Graph {
  readonly supergraphSdl: string;
  readonly urls: SubgraphUrls;
}

/** The product's graph, with subgraphs at these URLs. */
export function productGraph(urls: SubgraphUrls): Graph {
  return { supergraphSdl: readFileSync(join(project, 'schema.graphql'), 'utf8'), urls };
}

/** A running GraphQL server. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const environment = { PATH: process.env['PATH'], NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' };

/** Our router with all its features: identity, limits, errors, metrics. */
export async function startOurs(graph: Graph, jwksUrl: string, settings: NodeJS.ProcessEnv = {}): Promise<Server> {
  const [port, managementPort] = await freePorts(2);
  return await withSupergraph(graph, async (supergraph) =>
    startProcess({
      args: [join(project, 'router/server.ts')],
      settings: {
        LOG_LEVEL: 'error',
        SUPERGRAPH_FILE: supergraph,
        ROUTER_PORT: String(port),
        ROUTER_MANAGEMENT_PORT: String(managementPort),
        JWKS_URL: jwksUrl,
        CUSTOMER_COST_PER_MINUTE: '1000000000',
        ...settings,
      },
      url: `http://127.0.0.1:${port}/graphql`,
    }),
  );
}

export async function startStock(graph: Graph): Promise<Server> {
  const [port = 0] = await freePorts(1);
  return await withSupergraph(graph, async (supergraph) =>
    startProcess({
      args: [here('stock-gateway.ts'), String(port), supergraph],
      settings: {},
      url: `http://127.0.0.1:${port}/`,
    }),
  );
}

export const hiveModes = ['default', 'compiled', 'rust'] as const;

export async function startHive(graph: Graph, mode: (typeof hiveModes)[number]): Promise<Server> {
  const [port = 0] = await freePorts(1);
  const folder = here('../hive');
  return await withSupergraph(graph, async (supergraph) =>
    startProcess({
      args: [join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js'), 'supergraph', supergraph],
      settings: { HIVE_SUPERGRAPH: supergraph, HIVE_PORT: String(port), HIVE_MODE: mode, LOG_LEVEL: 'error' },
      url: `http://127.0.0.1:${port}/graphql`,
      folder,
    }),
  );
}

/** Installs Hive Gateway, which is not among this project's dependencies. */
export function installHive(): void {
  const folder = here('../hive');
  if (existsSync(join(folder, 'node_modules'))) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
}

/** Starts four subgraphs over a few objects in memory. `operations` are the URLs for our router. */
export async function startMemorySubgraphs(kind: 'apollo' | 'lean') {
  const ports = await freePorts(8);
  const server = await startProcess({
    args: [here('memory-subgraphs.ts'), kind, ...ports.map(String)],
    settings: {},
    url: `http://127.0.0.1:${ports[3]}/`,
  });
  const urls = (from: number) => {
    const [user, billing, order, notification] = ports.slice(from).map((port) => `http://127.0.0.1:${port}/`);
    return { user: user!, billing: billing!, order: order!, notification: notification! };
  };
  return { plain: urls(0), operations: urls(4), stop: server.stop };
}

interface ProcessPlan {
  readonly args: readonly string[];
  readonly settings: NodeJS.ProcessEnv;
  readonly url: string;
  readonly folder?: string;
}

export async function startProcess({ args, settings, url, folder = project }: ProcessPlan): Promise<Server> {
  const child = spawn(process.execPath, ['--no-warnings', ...args], {
    cwd: folder,
    env: { ...environment, ...settings },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  try {
    await Promise.race([
      until(`an answer of ${args[0]}`, async () => await answers(url), 60_000),
      exited.then(() => Promise.reject(new Error(`${args[0]} exited before it answered`))),
    ]);
    return { url, pid: child.pid!, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  };
  return await fetch(url, request).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Starts a server with a file of the supergraph that has the URLs of the subgraphs. */
async function withSupergraph(
  { supergraphSdl, urls }: Graph,
  start: (file: string) => Promise<Server>,
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-bench-'));
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(
    file,
    supergraphSdl.replaceAll(
      /name: "(\w+)", url: "[^"]+"/g,
      (_, name: string) => `name: "${name}", url: "${urls[name]}"`,
    ),
  );
  const server = await start(file);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
