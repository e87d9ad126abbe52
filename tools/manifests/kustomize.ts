import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Manifest } from './manifest.ts';
import { strategicMerge } from './strategic-merge.ts';

/**
 * Renders a folder as `kubectl kustomize` does, for machines without kubectl. A test compares the two. It supports only
 * the features that our manifests use, and refuses all others.
 */

const target = z.strictObject({ kind: z.string(), name: z.string().optional() });

const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  labels: z
    .array(z.strictObject({ pairs: z.record(z.string(), z.string()), includeTemplates: z.literal(true) }))
    .default([]),
  images: z
    .array(
      z.strictObject({
        name: z.string(),
        newName: z.string().optional(),
        newTag: z.string().optional(),
        digest: z.string().optional(),
      }),
    )
    .default([]),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        behavior: z.literal('merge').optional(),
        envs: z.array(z.string()).default([]),
        literals: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  patches: z.array(z.strictObject({ path: z.string(), target: target.optional() })).default([]),
});

type Kustomization = z.infer<typeof kustomization>;

interface Resource {
  readonly object: JsonObject & Manifest;
  /** Whether a generator made it. Its name then gets a hash of its data. */
  readonly generated: boolean;
}

/** @throws if a file does not exist or uses an unsupported feature. */
export function kustomize(folder: string): Manifest[] {
  return withHashes(accumulate(folder));
}

function accumulate(folder: string): Resource[] {
  const plan = kustomization.parse(parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')));
  const generated = plan.configMapGenerator.reduce(
    (resources, generator) => generate(resources, generator, folder),
    plan.resources.flatMap((name) => readResources(join(folder, name))),
  );
  const patched = plan.patches.reduce((resources, patch) => applyPatch(resources, patch, folder), generated);
  return patched.map(({ object, generated: isGenerated }) => ({
    object: transform(object, plan),
    generated: isGenerated,
  }));
}

function readResources(path: string): Resource[] {
  if (statSync(path).isDirectory()) return accumulate(path);
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors.join(', ')}`);
    return { object: document.toJS() as JsonObject & Manifest, generated: false };
  });
}

function generate(
  resources: readonly Resource[],
  { name, behavior, envs, literals }: Kustomization['configMapGenerator'][number],
  folder: string,
): Resource[] {
  const lines = [...envs.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n')), ...literals];
  const data = Object.fromEntries(lines.filter((line) => line !== '' && !line.startsWith('#')).map(keyAndValue));
  if (behavior === undefined) {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
    return [...resources, { object, generated: true }];
  }
  const known = resources.find(({ object, generated: isGenerated }) => isGenerated && object.metadata.name === name);
  if (known === undefined) throw new Error(`There is no ConfigMap ${name} to merge with.`);
  const merged = { ...known, object: { ...known.object, data: { ...(known.object['data'] as JsonObject), ...data } } };
  return resources.map((resource) => (resource === known ? merged : resource));
}

function keyAndValue(line: string): [string, string] {
  const at = line.indexOf('=');
  if (at < 1) throw new Error(`Not a setting: ${line}`);
  return [line.slice(0, at), line.slice(at + 1)];
}

function applyPatch(
  resources: readonly Resource[],
  { path, target: given }: Kustomization['patches'][number],
  folder: string,
): Resource[] {
  const patch = parse(readFileSync(join(folder, path), 'utf8')) as JsonObject & Manifest;
  const { kind, name = '.*' } = given ?? { kind: patch.kind, name: patch.metadata.name };
  const isTarget = ({ object }: Resource) =>
    object.kind === kind && new RegExp(`^(?:${name})$`).test(object.metadata.name);
  if (!resources.some(isTarget)) throw new Error(`${path} matches no resource.`);
  const nameless = strategicMerge(patch, { metadata: { name: null } });
  return resources.map((resource) =>
    isTarget(resource)
      ? { ...resource, object: strategicMerge(resource.object, nameless) as JsonObject & Manifest }
      : resource,
  );
}

function transform(object: JsonObject & Manifest, { namespace, labels, images }: Kustomization): JsonObject & Manifest {
  const pairs = Object.assign({}, ...labels.map((label) => label.pairs)) as Record<string, string>;
  const inNamespace = namespace === undefined ? object : withNamespace(object, namespace);
  const labelled = Object.keys(pairs).length === 0 ? inNamespace : withLabels(inNamespace, pairs);
  return mapImages(labelled, images) as JsonObject & Manifest;
}

function withNamespace(object: JsonObject & Manifest, namespace: string): JsonObject & Manifest {
  if (object.kind === 'Namespace') return object;
  const changed = strategicMerge(object, { metadata: { namespace } });
  const { subjects } = changed;
  return {
    ...changed,
    ...(isList(subjects) ? { subjects: subjects.map((one) => strategicMerge(one as JsonObject, { namespace })) } : {}),
  } as JsonObject & Manifest;
}

/** Labels an object and the templates of its pods, and a CronJob's template of its Jobs. */
function withLabels(object: JsonObject & Manifest, labels: Record<string, string>): JsonObject & Manifest {
  return labelled(object, { metadata: { labels } }) as JsonObject & Manifest;
}

function labelled(object: JsonObject, metadata: JsonObject): JsonObject {
  const spec = isObject(object['spec']) ? object['spec'] : {};
  const templates = ['template', 'jobTemplate'].flatMap((name) => {
    const template = spec[name];
    return isObject(template) ? [[name, labelled(template, metadata)] as const] : [];
  });
  const inner = templates.length === 0 ? {} : { spec: Object.fromEntries(templates) };
  return strategicMerge(strategicMerge(object, inner), metadata);
}

function mapImages(value: Json, images: Kustomization['images']): Json {
  if (isList(value)) return value.map((element) => mapImages(element, images));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === 'image' && typeof child === 'string' ? imageOf(child, images) : mapImages(child, images),
    ]),
  );
}

function imageOf(image: string, images: Kustomization['images']): string {
  const [name] = image.split(/[:@]/);
  const change = images.find((other) => other.name === name);
  if (change === undefined) return image;
  const { newName = name, newTag, digest } = change;
  return `${newName}${newTag === undefined ? '' : `:${newTag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Adds a hash of its data to each ConfigMap's name. So changed data replace the pods that refer to it. */
function withHashes(resources: readonly Resource[]): Manifest[] {
  const hashed = new Map(
    resources
      .filter(({ generated }) => generated)
      .map(({ object }) => [object.metadata.name, `${object.metadata.name}-${hashOf(object)}`]),
  );
  return resources.map(({ object, generated }) => {
    const named = generated
      ? strategicMerge(object, { metadata: { name: hashed.get(object.metadata.name)! } })
      : (mapReferences(object, hashed) as JsonObject);
    return named as JsonObject & Manifest;
  });
}

function mapReferences(value: Json, names: ReadonlyMap<string, string>): Json {
  if (isList(value)) return value.map((element) => mapReferences(element, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const refers = ['configMapRef', 'configMapKeyRef', 'configMap'].includes(key) && isObject(child);
      const named = refers && typeof child['name'] === 'string' ? names.get(child['name']) : undefined;
      return [key, named === undefined ? mapReferences(child, names) : { ...(child as JsonObject), name: named }];
    }),
  );
}

/**
 * The hash of kustomize (api/hasher in its sources). Kustomize hashes an empty name. It replaces some digits and
 * letters, so that the hash spells no word.
 */
function hashOf({ kind, data }: JsonObject & Manifest): string {
  const sorted = Object.fromEntries(Object.entries(data as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const encoded = JSON.stringify({ data: sorted, kind, name: '' }).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const instead: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
  const hex = createHash('sha256').update(encoded).digest('hex').slice(0, 10);
  return hex.replaceAll(/[013ae]/g, (character) => instead[character]!);
}
