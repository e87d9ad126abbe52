import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';

/** A breaking change that is meant, and why; its kind and path are as the check names them. */
const intendedChange = z.strictObject({ change: z.string().min(1), path: z.string(), reason: z.string().min(1) });

export const intendedChanges = z.array(intendedChange);

export type IntendedChange = z.infer<typeof intendedChange>;

/** A sentence for each change that somebody should know of. */
export interface SchemaChanges {
  /** Clients stop working. */
  readonly breaking: readonly string[];
  /** Clients stop working, and that is meant. */
  readonly intended: readonly string[];
  /** Clients may behave in another way. */
  readonly dangerous: readonly string[];
  /** What is marked as intended, but has not happened. */
  readonly vain: readonly string[];
}

/** What the API's clients will notice since the last release; additions that disturb nobody are not told. */
export async function schemaChanges(
  released: GraphQLSchema,
  api: GraphQLSchema,
  intended: readonly IntendedChange[],
): Promise<SchemaChanges> {
  const changes = (await diff(released, api)).map(({ type, path = '', message, criticality }) => ({
    name: nameOf(type, path),
    sentence: `${message} (${nameOf(type, path)})`,
    level: criticality.level,
  }));
  const breaking = changes.filter(({ level }) => level === CriticalityLevel.Breaking);
  const reasons = new Map(intended.map(({ change, path, reason }) => [nameOf(change, path), reason]));
  const happened = new Set(breaking.map(({ name }) => name));
  return {
    breaking: breaking.filter(({ name }) => !reasons.has(name)).map(({ sentence }) => sentence),
    intended: breaking.flatMap(({ name, sentence }) => {
      const reason = reasons.get(name);
      return reason === undefined ? [] : [`${sentence}: ${reason}`];
    }),
    dangerous: changes.filter(({ level }) => level === CriticalityLevel.Dangerous).map(({ sentence }) => sentence),
    vain: [...reasons.keys()].filter((name) => !happened.has(name)),
  };
}

function nameOf(change: string, path: string): string {
  return `${change} ${path}`.trimEnd();
}
