import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DefinitionNode, type DocumentNode, Kind, parse, print, type SelectionSetNode, visit } from 'graphql';
import { z } from 'zod';
import { CannotStart } from '#platform/process/process.ts';
import { errorText } from '#platform/telemetry/log.ts';

/** The operations that `npm run operations` has registered. */
const ownManifest = new URL('../operations.json', import.meta.url);

const id = z.string().min(1).max(255);

/** @see https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id, body: z.string() })),
});

/** As Relay's compiler and the client preset of GraphQL Code Generator write it: the texts by id. */
const plainManifest = z
  .record(id, z.string())
  .transform((texts) => ({ operations: Object.entries(texts).map(([key, body]) => ({ id: key, body })) }));

const manifest = z.union([apolloManifest, plainManifest]);

/** The registered operations: trusted documents, which a client can send by id alone. */
export interface Registered {
  /** By the id in a manifest. */
  readonly texts: ReadonlyMap<string, string>;
  /** The ids of the documents, from their content. */
  readonly documentIds: ReadonlySet<string>;
}

/**
 * Reads this project's manifest and those of other clients.
 *
 * @throws CannotStart if a manifest cannot be used.
 */
export function readRegistered(otherFiles: readonly string[]): Registered {
  const texts = new Map<string, string>();
  const documentIds = new Set<string>();
  for (const file of [ownManifest, ...otherFiles]) {
    try {
      for (const { id: key, body } of manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).operations) {
        if ((texts.get(key) ?? body) !== body) throw new Error(`the id ${key} names another operation already`);
        documentIds.add(documentId(parse(body)));
        texts.set(key, body);
      }
    } catch (error) {
      throw new CannotStart(`The manifest ${String(file)} (OPERATION_MANIFESTS) cannot be used: ${errorText(error)}`);
    }
  }
  return { texts, documentIds };
}

/**
 * Returns a document's id. It does not depend on the layout, the order of the definitions, or `__typename` selections,
 * which many clients add.
 */
export function documentId(document: DocumentNode): string {
  const plain = visit(document, { SelectionSet: withoutTypenames });
  const definitions = [...plain.definitions].map((definition) => [nameOf(definition), print(definition)] as const);
  const text = definitions
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, printed]) => printed)
    .join('\n');
  return createHash('sha256').update(text).digest('hex');
}

function withoutTypenames(set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.filter(
    (selection) =>
      selection.kind !== Kind.FIELD || selection.name.value !== '__typename' || selection.alias !== undefined,
  );
  return selections.length === 0 ? set : { ...set, selections };
}

function nameOf(definition: DefinitionNode): string {
  return 'name' in definition ? `${definition.kind} ${definition.name?.value ?? ''}` : definition.kind;
}
