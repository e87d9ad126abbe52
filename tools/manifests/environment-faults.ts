import { z } from 'zod';
import { SettingsFault } from '#platform/process/settings.ts';
import type { Process } from './processes.ts';

/** What a container gives its process, as Kubernetes or compose would resolve it. */
export interface GivenEnvironment {
  readonly values: Readonly<Record<string, string>>;
  /** Which of the values are secrets that the process is not meant to have without need. */
  readonly secrets: readonly string[];
}

/** For Node and libraries, which no config.ts reads. */
const forTheRuntime = new Set(['NODE_ENV', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'APOLLO_TELEMETRY_DISABLED']);

/**
 * Where a process is given what it does not read or need, or not given what it does: its own config is asked. Settings
 * with a default may be left out, but not one whose default is this machine, which in a container nobody else is on.
 */
export function environmentFaults(process: Process, { values, secrets }: GivenEnvironment): string[] {
  const { shared = [], anyWillDo = false } = process;
  const unread = Object.keys(values).filter((name) => !(name in process.settings) && !forTheRuntime.has(name));
  return [
    ...unread.map((name) => `is given ${name}, which it does not read`),
    ...settingFaults(process, values),
    ...Object.entries(process.settings)
      .filter(([name, schema]) => values[name] === undefined && defaultOf(schema)?.includes('127.0.0.1') === true)
      .map(([name, schema]) => `is left with ${defaultOf(schema)} for ${name}`),
    ...shared.filter((name) => values[name] === undefined).map((name) => `is not given ${name}, which its pods share`),
    ...(anyWillDo ? [] : secrets)
      .filter((name) => !shared.includes(name))
      .filter((name) => !unread.includes(name) && settingFaults(process, { ...values, [name]: '' }).length === 0)
      .map((name) => `is given ${name}, which it does not need`),
  ];
}

/** Files of the container, which the machine that checks does not have. */
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
