import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DefinitionNode, type DocumentNode, Kind, print, type SelectionSetNode, visit } from 'graphql';
import { z } from 'zod';

const manifest = new URL('../operations.json', import.meta.url);

/** Returns the ids of the operations that `npm run operations` has registered. */
export function readRegistered(): ReadonlySet<string> {
  const { operations } = z
    .object({ operations: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return new Set(Object.keys(operations));
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
