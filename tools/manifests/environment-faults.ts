import { z } from 'zod';
import { SettingsFault } from '#platform/process/settings.ts';
import type { Process } from './processes.ts';

/** The environment of a container's process, as Kubernetes or compose resolves it. */
export interface GivenEnvironment {
  readonly values: Readonly<Record<string, string>>;
  /** The names of secret values, which a process may have only if it needs them. */
  readonly secrets: readonly string[];
}

/** Variables that Node and libraries read, not a config.ts. */
const forTheRuntime = new Set(['NODE_ENV', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'APOLLO_TELEMETRY_DISABLED']);

/**
 * Checks the environment of a process against its config: it has all settings that the process needs, and no others.
 * A setting with a default may be left out, unless the default is the loopback address.
 */
export function environmentFaults(process: Process, { values, secrets }: GivenEnvironment): string[] {
  const { shared = [], acceptsAny = false } = process;
  const unread = Object.keys(values).filter((name) => !(name in process.settings) && !forTheRuntime.has(name));
  return [
    ...unread.map((name) => `gets ${name}, which it does not read`),
    ...settingFaults(process, values),
    ...Object.entries(process.settings)
      .filter(([name, schema]) => values[name] === undefined && defaultOf(schema)?.includes('127.0.0.1') === true)
      .map(([name, schema]) => `keeps the default ${defaultOf(schema)} of ${name}`),
    ...shared.filter((name) => values[name] === undefined).map((name) => `lacks ${name}, which its pods share`),
    ...(acceptsAny ? [] : secrets)
      .filter((name) => !shared.includes(name))
      .filter((name) => !unread.includes(name) && settingFaults(process, { ...values, [name]: '' }).length === 0)
      .map((name) => `gets ${name}, which it does not need`),
  ];
}

/** Settings for files that exist in the container only. */
const containerFiles: NodeJS.ProcessEnv = { REDIS_CA_FILE: '' };

function settingFaults(process: Process, values: NodeJS.ProcessEnv): readonly string[] {
  try {
    process.readConfig({ ...values, ...containerFiles });
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
}

function defaultOf(schema: Process['settings'][string]): string | undefined {
  const { data } = z.safeParse(schema, undefined);
  return typeof data === 'string' ? data : undefined;
}
