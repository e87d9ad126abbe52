import { join } from 'node:path';
import { project } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { everyPortSetting, managementOriginOf, originOf, type PartName, partNames, planParts } from '#local/parts.ts';
import { startSystem as startParts, type System } from '#local/system.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases, type OneUrlEach, type TestDatabases } from './database.ts';
import { freePorts } from './free-ports.ts';
import { sharedResource } from './shared-resource.ts';
import { executionSettings } from './router/execution-settings.ts';

/** Where the parts of a running system are. */
export interface SystemAddresses {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** Where each part listens, such as `http://127.0.0.1:4001`. */
  readonly origins: Readonly<Record<PartName, string>>;
  /** Where each part answers operators. */
  readonly management: Readonly<Record<PartName, string>>;
  /** The databases, for the roles that own them. */
  readonly databases: OneUrlEach;
  /** The databases, for the processes that connect to them. */
  readonly credentials: TestDatabases['processes'];
}

export interface TestSystem extends SystemAddresses {
  readonly processes: System['processes'];
  /** Ends a part at once, as a crash would; it is started again by itself. False where it does not run just now. */
  readonly kill: (part: PartName) => boolean;
  /** Ends everything and drops the databases. */
  readonly stop: () => Promise<void>;
}

/**
 * The whole system as `npm start` runs it, each part in a process of its own, on ports and databases of its own.
 *
 * @param settings that differ from the defaults, such as REDIS_URL for jobs on Redis.
 * @param output where the parts write their logs: a file descriptor, or the output of the tests.
 */
export async function startSystem(
  settings: NodeJS.ProcessEnv = {},
  output: number | 'inherit' = 'inherit',
): Promise<TestSystem> {
  const ports = await freePorts(everyPortSetting.length);
  const environment = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'error',
    // Tests share their machine: an answer that is late there is late for no reason of the system's.
    SUBGRAPH_TIMEOUT_MS: '20000',
    PASSWORD_QUEUE_WAIT_MS: '15000',
    ...Object.fromEntries(everyPortSetting.map((setting, index) => [setting, String(ports[index])])),
    ...executionSettings,
    ...settings,
  };
  const config = readConfig(environment);
  const databases = await createDatabases();
  const compileCache = join(project, '.data', 'compile-cache');
  const parts = planParts({ config, databases: databases.processes, environment, compileCache });
  const system = startParts(parts, { log: createLog('system', config.LOG_LEVEL), output });
  const stop = async () => {
    await system.stop();
    await databases.drop();
  };
  try {
    await system.ready;
  } catch (error) {
    await stop();
    throw error;
  }
  const eachPart = (originOfPart: (name: PartName) => string) =>
    Object.fromEntries(partNames.map((name) => [name, originOfPart(name)])) as Record<PartName, string>;
  return {
    url: `${originOf(config, 'router')}/graphql`,
    origins: eachPart((name) => originOf(config, name)),
    management: eachPart((name) => managementOriginOf(config, name)),
    databases: databases.owners,
    processes: system.processes,
    credentials: databases.processes,
    kill: (part) => {
      try {
        return process.kill(system.processes.get(part)!.pid(), 'SIGKILL');
      } catch (error) {
        if ((error as { code?: string }).code === 'ESRCH') return false;
        throw error;
      }
    },
    stop,
  };
}

/** The one system that all end-to-end tests of a run share, started when the first of them asks for it. */
export async function sharedSystem(): Promise<SystemAddresses> {
  return (await sharedResource('/system')) as SystemAddresses;
}
