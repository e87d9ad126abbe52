import { readConfig } from '#local/config.ts';
import { everyPortSetting, managementOriginOf, originOf, type PartName, partNames, planParts } from '#local/parts.ts';
import { startSystem as startParts, type System } from '#local/system.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases } from './database.ts';
import { freePorts } from './free-ports.ts';
import { compileCache, machineEnvironment } from './machine-environment.ts';
import type { SystemAddresses } from './shared-system.ts';
import { executionSettings } from './router/execution-settings.ts';

export interface TestSystem extends SystemAddresses {
  readonly processes: System['processes'];
  /** Kills a part, which then restarts. @returns false if it is not running. */
  readonly kill: (part: PartName) => boolean;
  /** Stops all processes and drops the databases. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the whole system as `npm start` does: each part is a process; ports and databases are not shared.
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
    ...machineEnvironment,
    LOG_LEVEL: 'error',
    // Longer time-outs: the tests' machine may be busy.
    SUBGRAPH_TIMEOUT_MS: '20000',
    PASSWORD_QUEUE_WAIT_MS: '15000',
    // Tests of other subjects need customers whose address counts at once.
    EMAIL_VERIFICATION: 'off',
    // All tests have one IP address.
    MAILS_PER_SENDER: '100000',
    ...Object.fromEntries(everyPortSetting.map((setting, index) => [setting, String(ports[index])])),
    ...executionSettings,
    ...settings,
  };
  const config = readConfig(environment);
  const databases = await createDatabases();
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
