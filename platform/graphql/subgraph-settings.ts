import type { z } from 'zod';
import { settingName, settingsNamed } from '../process/setting-names.ts';
import {
  connections,
  drainSettings,
  flag,
  managementSettings,
  port,
  postgresUrl,
  processSettings,
  tokenSettings,
} from '../process/settings.ts';

const shared = {
  ...processSettings,
  ...tokenSettings,
  ...drainSettings,
  ...managementSettings,
  INTROSPECTION: flag.default(true),
};

interface Ports {
  readonly port: number;
  readonly managementPort: number;
}

const named = (ports: Ports) => ({
  PORT: port.default(ports.port),
  MANAGEMENT_PORT: port.default(ports.managementPort),
  DATABASE_URL: postgresUrl,
  POOL_SIZE: connections.default(10),
});

/** The settings that the server of every subgraph has, with its default ports. */
export function subgraphSettings<Name extends string>(name: Name, ports: Ports) {
  return { ...shared, ...settingsNamed(name, named(ports)) };
}

/** The values of the settings that have the same name in every subgraph. */
export interface SharedConfig extends z.infer<z.ZodObject<typeof shared>> {
  /** Where the token issuer publishes its keys. The token issuer itself has no such setting. */
  readonly JWKS_URL?: string;
}

type NamedConfig = z.infer<z.ZodObject<ReturnType<typeof named>>>;

/** The values of the settings whose names begin with the name of the subgraph, without that name. */
export function namedConfig(name: string, config: object): NamedConfig {
  const values = new Map<string, unknown>(Object.entries(config));
  const valueOf = <Ending extends keyof NamedConfig>(ending: Ending) =>
    values.get(settingName(name, ending)) as NamedConfig[Ending];
  return {
    PORT: valueOf('PORT'),
    MANAGEMENT_PORT: valueOf('MANAGEMENT_PORT'),
    DATABASE_URL: valueOf('DATABASE_URL'),
    POOL_SIZE: valueOf('POOL_SIZE'),
  };
}
