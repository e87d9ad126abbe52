import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';

/** An intended breaking change with its reason; its kind and path are those that the check prints. */
const intendedChange = z.strictObject({ change: z.string().min(1), path: z.string(), reason: z.string().min(1) });

export const intendedChanges = z.array(intendedChange);

export type IntendedChange = z.infer<typeof intendedChange>;

/** A sentence for each change that can affect clients. */
export interface SchemaChanges {
  /** Changes that break clients. */
  readonly breaking: readonly string[];
  /** Changes that break clients on purpose. */
  readonly intended: readonly string[];
  /** Changes that can change the behaviour of clients. */
  readonly dangerous: readonly string[];
  /** Marks of intended changes that did not happen. */
  readonly unused: readonly string[];
}

/** @returns the changes since the last release that can affect clients; harmless additions are omitted. */
export async function schemaChanges(
  released: GraphQLSchema,
  api: GraphQLSchema,
  intended: readonly IntendedChange[],
): Promise<SchemaChanges> {
  const changes = (await diff(released, api)).map(({ type, path = '', message, criticality }) => ({
    name: nameOf(type, path),
    text: `${message} (${nameOf(type, path)})`,
    level: criticality.level,
  }));
  const breaking = changes.filter(({ level }) => level === CriticalityLevel.Breaking);
  const reasons = new Map(intended.map(({ change, path, reason }) => [nameOf(change, path), reason]));
  const happened = new Set(breaking.map(({ name }) => name));
  return {
    breaking: breaking.filter(({ name }) => !reasons.has(name)).map(({ text }) => text),
    intended: breaking.flatMap(({ name, text }) => {
      const reason = reasons.get(name);
      return reason === undefined ? [] : [`${text}: ${reason}`];
    }),
    dangerous: changes.filter(({ level }) => level === CriticalityLevel.Dangerous).map(({ text }) => text),
    unused: [...reasons.keys()].filter((name) => !happened.has(name)),
  };
}

function nameOf(change: string, path: string): string {
  return `${change} ${path}`.trimEnd();
}
