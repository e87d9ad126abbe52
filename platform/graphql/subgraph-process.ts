import { confirmationReader } from '../identity/confirmation.ts';
import { identityReader } from '../identity/identity.ts';
import { permitReader } from '../identity/permit.ts';
import { remoteAuthority, type TokenAuthority } from '../identity/token-authority.ts';
import { type DatabaseDefinition, type Manager, openDatabase } from '../postgres/database.ts';
import { runProcess, type Service } from '../process/process.ts';
import { settingName } from '../process/setting-names.ts';
import { injectFaults } from '../process/settings.ts';
import { createLog, type Log } from '../telemetry/log.ts';
import { startTelemetry } from '../telemetry/telemetry.ts';
import { type BaseContext, startSubgraph, type SubgraphDefinition, type SubgraphServer } from './subgraph.ts';
import { namedConfig, type SharedConfig } from './subgraph-settings.ts';

export interface SubgraphProcess<Config extends SharedConfig, Context extends BaseContext> extends SubgraphDefinition {
  readonly readConfig: () => Config;
  readonly database: DatabaseDefinition;
  /** Creates what all requests share, once, before the server listens. */
  readonly prepare: (started: Started<Config>) => Prepared<Context>;
}

/** What the process has when the subgraph prepares its own parts. */
export interface Started<Config> {
  readonly config: Config;
  readonly em: Manager;
  readonly log: Log;
}

export interface Prepared<Context extends BaseContext> extends Pick<SubgraphServer<Context>, 'routes'> {
  /** Creates the context of one request. `em` belongs to that request. */
  readonly contextOf: (base: BaseContext, em: Manager) => Context;
  /** Verifies access tokens, if not by the keys at JWKS_URL. */
  readonly authority?: TokenAuthority;
}

/** Runs the server of a subgraph until the process is stopped. */
export async function runSubgraph<Config extends SharedConfig, Context extends BaseContext>(
  subgraph: SubgraphProcess<Config, Context>,
): Promise<void> {
  await runProcess(subgraph.name, async () => await start(subgraph));
}

async function start<Config extends SharedConfig, Context extends BaseContext>(
  subgraph: SubgraphProcess<Config, Context>,
): Promise<Service> {
  const { name } = subgraph;
  const config = subgraph.readConfig();
  const own = namedConfig(name, config);
  injectFaults(config);
  const log = createLog(name, config.LOG_LEVEL);
  await startTelemetry(name, config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const database = await openDatabase(subgraph.database, {
    url: own.DATABASE_URL,
    poolSize: own.POOL_SIZE,
    prepares: config.PREPARED_STATEMENTS,
    applicationName: name,
  });
  const { contextOf, authority, routes } = subgraph.prepare({ config, em: database.em, log });
  const verifier = authority ?? authorityAt(config);
  return await startSubgraph({
    definition: subgraph,
    database,
    identify: identityReader(verifier, config),
    readConfirmation: confirmationReader(verifier, config),
    readPermit: permitReader(verifier, config),
    contextOf: (base) => contextOf(base, database.em.fork()),
    ...(routes === undefined ? {} : { routes }),
    introspection: config.INTROSPECTION,
    log,
    host: config.HOST,
    drainS: config.DRAIN_S,
    port: own.PORT,
    portSetting: settingName(name, 'PORT'),
    management: {
      host: config.MANAGEMENT_HOST,
      port: own.MANAGEMENT_PORT,
      setting: settingName(name, 'MANAGEMENT_PORT'),
    },
  });
}

function authorityAt({ JWKS_URL }: SharedConfig): TokenAuthority {
  if (JWKS_URL === undefined) throw new Error('the subgraph has neither JWKS_URL nor a token authority');
  return remoteAuthority(JWKS_URL);
}
