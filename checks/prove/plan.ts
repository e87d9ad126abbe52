import { join } from 'node:path';
import { project } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { managementOriginOf, originOf, type PartName, partNames, planParts } from '#local/parts.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { type SubgraphName, subgraphNames, workerGroups } from '#subgraphs/manifest.ts';
import type { ProcessPlan } from './processes.ts';

export type StagePart = SubgraphName | 'relay' | 'worker1' | 'worker2' | 'router';
export const stageParts: readonly StagePart[] = [...subgraphNames, 'relay', 'worker1', 'worker2', 'router'];

/** Longer than a run plus the clock skew of the row `clocks`: only the validity of tokens depends on clocks. */
const tokenTtlS = 24 * 3_600;

/** @returns the plan of each process: its entry, settings and ports. */
export function planStage(
  ports: readonly number[],
  databases: DatabaseUrls,
  queue: NodeJS.ProcessEnv,
): Record<StagePart, ProcessPlan> {
  const portOf = (part: StagePart) => ports[stageParts.indexOf(part)]!;
  const managementPortOf = (part: StagePart) => ports[stageParts.length + stageParts.indexOf(part)]!;
  const stagePartOf = (name: PartName) => (name === 'jobs' ? 'relay' : name);
  const environment = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'warn',
    EMAIL_VERIFICATION: 'off',
    // So high that no load reaches it: the counting runs, too.
    CONFIRM_TRANSFERS_FROM: '9999999999',
    ACCESS_TOKEN_TTL_S: String(tokenTtlS),
    ...Object.fromEntries(
      partNames.flatMap((name) => [
        [settingName(name, 'PORT'), String(portOf(stagePartOf(name)))],
        [settingName(name, 'MANAGEMENT_PORT'), String(managementPortOf(stagePartOf(name)))],
      ]),
    ),
    ...queue,
  };
  const config = readConfig(environment);
  const compileCache = join(project, '.data', 'compile-cache');
  const planned = planParts({ config, databases, environment, compileCache });
  const plans = Object.fromEntries(
    planned.map(({ name, entry, environment }) => {
      const [origin, management] = [originOf(config, name), managementOriginOf(config, name)];
      return [name, { name, entry, environment, origin, management }];
    }),
  ) as Record<(typeof partNames)[number], ProcessPlan>;
  const jobs = (name: 'relay' | 'worker1' | 'worker2', roles: string): ProcessPlan =>
    withPorts(plans.jobs, name, [portOf(name), managementPortOf(name)], { JOBS_ROLES: roles });
  const work = workerGroups.join(',');
  return { ...plans, relay: jobs('relay', 'relay'), worker1: jobs('worker1', work), worker2: jobs('worker2', work) };
}

/** The service port and the management port of one process. */
export type ProcessPorts = readonly [port: number, managementPort: number];

/** @returns a plan like this one for another part, on other ports. */
export function withPorts(
  plan: ProcessPlan,
  part: StagePart,
  [port, managementPort]: ProcessPorts,
  settings: NodeJS.ProcessEnv,
): ProcessPlan {
  const name = part === 'relay' || part === 'worker1' || part === 'worker2' ? 'jobs' : part;
  const ports = {
    [settingName(name, 'PORT')]: String(port),
    [settingName(name, 'MANAGEMENT_PORT')]: String(managementPort),
  };
  return {
    ...plan,
    name: `${part} at ${port}`,
    environment: { ...plan.environment, ...settings, ...ports },
    origin: `http://127.0.0.1:${port}`,
    management: `http://127.0.0.1:${managementPort}`,
  };
}
