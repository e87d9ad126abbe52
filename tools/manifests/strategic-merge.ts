import { isList, isObject, type Json, type JsonObject } from '../json.ts';

/** The field that identifies the elements of each list. A patch replaces other lists as a whole. */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  ports: 'containerPort',
  volumes: 'name',
  volumeMounts: 'mountPath',
  topologySpreadConstraints: 'topologyKey',
};

/**
 * Applies a strategic merge patch as Kubernetes and kustomize do. It merges objects, and null removes a field. Elements
 * of the lists above are merged by their key; new elements come first.
 *
 * @throws for directives such as $patch, which are not supported.
 */
export function strategicMerge(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) throw new Error(`The directive ${key} is not supported.`);
    if (value === null) delete merged[key];
    else merged[key] = mergeValue(key, merged[key], value);
  }
  return merged;
}

function mergeValue(key: string, target: Json | undefined, patch: Json): Json {
  if (isObject(patch)) return strategicMerge(isObject(target) ? target : {}, patch);
  const mergeKey = mergeKeys[key];
  if (mergeKey === undefined || !isList(patch) || !isList(target)) return patch;
  return mergeLists(mergeKey, target, patch);
}

function mergeLists(mergeKey: string, target: readonly Json[], patch: readonly Json[]): readonly Json[] {
  const identity = (element: Json) => (isObject(element) ? element[mergeKey] : undefined);
  const known = new Set(target.map(identity));
  const changed = target.map((element) => {
    const change = patch.find((other) => identity(other) === identity(element));
    return isObject(element) && isObject(change) ? strategicMerge(element, change) : element;
  });
  return [...patch.filter((element) => !known.has(identity(element))), ...changed];
}
