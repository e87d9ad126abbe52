import { settings as jobs } from '#jobs/config.ts';
import { settingForEach, settingsNamed } from '#platform/process/setting-names.ts';
import { managementSettings, port, processSettings, readSettings, text } from '#platform/process/settings.ts';
import { settings as router } from '#router/config.ts';
import { subgraphNames, subgraphs } from '#subgraphs/manifest.ts';
import { databaseSettings } from './databases.ts';

/** The settings of the launcher itself; databases.ts reads the databases' URLs. */
const launcherSettings = {
  ...processSettings,
  POSTGRES_PORT: port.default(5433),
  DATA_FOLDER: text.optional(),
  ...managementSettings,
  ...settingForEach(subgraphNames, 'PORT', (name) => port.default(subgraphs[name].port)),
  ...settingForEach(subgraphNames, 'MANAGEMENT_PORT', (name) => port.default(subgraphs[name].managementPort)),
  ...settingsNamed('jobs', { PORT: jobs.JOBS_PORT, MANAGEMENT_PORT: jobs.JOBS_MANAGEMENT_PORT }),
  ...settingsNamed('router', { PORT: router.ROUTER_PORT, MANAGEMENT_PORT: router.ROUTER_MANAGEMENT_PORT }),
};

export const settings = { ...launcherSettings, ...databaseSettings };

export type LauncherConfig = ReturnType<typeof readConfig>;

export const readConfig = (environment = process.env) => readSettings(launcherSettings, environment);
