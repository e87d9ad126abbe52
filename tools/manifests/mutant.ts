import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { type Manifest, nameOf } from './manifest.ts';

/**
 * Copies the manifests and changes one value in one of them, for tests of the rules.
 *
 * @param name such as `Deployment router`, without a generated name's hash.
 * @param path such as `spec.ports.0.port`; a dot within a key is written `\.`.
 * @param value the new value; undefined removes the old one.
 * @throws if nothing is at the path: the copy would then equal the original.
 */
export function mutant(
  manifests: readonly Manifest[],
  name: string,
  path: string,
  value: Json | undefined,
): readonly Manifest[] {
  const copy = structuredClone(manifests) as (Manifest & JsonObject)[];
  const target = copy.find((manifest) => nameOf(manifest).replace(/-[a-z0-9]{10}$/, '') === name);
  if (target === undefined) throw new Error(`There is no ${name}.`);
  const steps = path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
  const last = steps.pop()!;
  const parent = steps.reduce<Json | undefined>(childOf, target);
  if (isList(parent)) (parent as Json[]).splice(Number(last), 1, ...(value === undefined ? [] : [value]));
  else if (!isObject(parent)) throw new Error(`${name} has no ${path}.`);
  else if (value !== undefined) (parent as Record<string, Json>)[last] = value;
  else if (last in parent) delete (parent as Record<string, Json>)[last];
  else throw new Error(`${name} has no ${path}.`);
  return copy;
}

/** Copies the manifests without one of them. */
export function without(manifests: readonly Manifest[], name: string): readonly Manifest[] {
  const others = manifests.filter((manifest) => nameOf(manifest) !== name);
  if (others.length === manifests.length) throw new Error(`There is no ${name}.`);
  return others;
}

function childOf(parent: Json | undefined, step: string): Json | undefined {
  if (isList(parent)) return parent[Number(step)];
  return isObject(parent) ? parent[step] : undefined;
}
