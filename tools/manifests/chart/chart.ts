import { stringify } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };
import { isList, isObject, type Json, type JsonObject } from '../../json.ts';
import type { GeneratedFile } from '../../write-files.ts';
import type { Manifest } from '../manifest.ts';
import { renderOverlay } from '../render.ts';
import { networkName, schemaOf, settingsOf, type Values, valuesOf, valuesText } from './values.ts';

/**
 * The Helm chart in k8s/chart. It is made of the rendered production overlay, so the two never differ: with the default
 * values it renders the overlay's objects, but for the names of ConfigMaps, the namespace, and the annotation that
 * replaces pods when their settings change. The templates use only what `render-chart.ts` knows.
 */

export const chartFolder = new URL('../../../k8s/chart/', import.meta.url);

/** A place that the values fill, in an object that is not text yet. */
const place = (expression: string) => `⟦${expression}⟧`;

export function chartFiles(manifests: readonly Manifest[] = renderOverlay('production')): GeneratedFile[] {
  // Helm creates the namespace.
  const objects = (manifests as readonly (Manifest & JsonObject)[]).filter(({ kind }) => kind !== 'Namespace');
  const values = valuesOf(objects);
  const { name, version, description } = packageJson;
  const chart = { apiVersion: 'v2', name, description, type: 'application', version, appVersion: version };
  return [
    { file: new URL('Chart.yaml', chartFolder), text: `${header}${stringify(chart, { lineWidth: 0 })}` },
    { file: new URL('values.yaml', chartFolder), text: `${header}${valuesText(values)}` },
    { file: new URL('values.schema.json', chartFolder), text: `${JSON.stringify(schemaOf(values), null, 2)}\n` },
    ...Object.entries(Object.groupBy(objects, ({ kind }) => kind)).map(([kind, ofKind]) => ({
      file: new URL(`templates/${kind.toLowerCase()}.yaml`, chartFolder),
      text: `${header}${ofKind!.map((object) => templateText(object, values)).join('---\n')}`,
    })),
  ];
}

const header = '# Written by npm run manifests from the production overlay.\n';

function templateText(object: Manifest & JsonObject, values: Values): string {
  const { kind, metadata } = object;
  const namespaced = { ...metadata, namespace: place('.Release.Namespace') };
  if (kind === 'ConfigMap') return settingsText({ ...object, metadata: namespaced });
  const filled = fill({ ...object, metadata: namespaced }, [], object, values) as JsonObject;
  const text = textOf(kind === 'Deployment' ? withChecksum(filled, object) : filled);
  return kind === 'Ingress' ? text.replace(/^spec:\n/m, `$&${ingressClass}`) : text;
}

/** No overlay names a class: the cluster's default takes the Ingress. */
const ingressClass = `  {{- with .Values.ingressClass }}
  ingressClassName: {{ . | quote }}
  {{- end }}
`;

const textOf = (object: JsonObject) =>
  stringify(object, { lineWidth: 0 }).replaceAll(
    /["']?⟦(.*?)⟧["']?/g,
    (_all, expression: string) => `{{ ${expression} }}`,
  );

/** The addresses that lead to the console are those of the host. */
function settingsText({ data, metadata, ...object }: Manifest & JsonObject): string {
  const name = settingsOf(metadata.name);
  const text = textOf({ ...object, metadata: { ...metadata, name: `${name}-settings` } });
  const url =
    (data as JsonObject)['PUBLIC_URL'] === undefined
      ? ''
      : `  PUBLIC_URL: {{ print "https://" .Values.host | quote }}\n`;
  return `${text}data:\n  {{- toYaml ${settingsExpression(name)} | nindent 2 }}\n${url}`;
}

const settingsExpression = (name: string) => `(index .Values.settings ${JSON.stringify(name)})`;

/** Puts the values' places into an object. The path has the keys above the value, without positions in lists. */
function fill(value: Json, path: readonly string[], object: Manifest, values: Values): Json {
  if (isList(value)) return value.map((element) => fill(element, path, object, values));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, fill(child, [...path, key], object, values)]),
    );
  return placeAt(path, value, object, values) ?? value;
}

function placeAt(path: readonly string[], value: Json, { kind, metadata }: Manifest, values: Values): Json | undefined {
  const [above, key] = [path.at(-2), path.at(-1)!];
  if (key === 'image') return place('.Values.image | quote');
  if (key === 'name' && above === 'secretKeyRef') return place('.Values.connectionsSecret | quote');
  if (key === 'name' && above === 'configMapRef') return `${settingsOf(value as string)}-settings`;
  if (key === 'name' && above === 'configMap' && value === values.certificates)
    return place('.Values.certificates | quote');
  if (kind === 'Ingress' && ['host', 'hosts'].includes(key)) return place('.Values.host | quote');
  if (kind === 'Ingress' && key === 'secretName') return place('.Values.tlsSecret | quote');
  if (kind === 'HorizontalPodAutoscaler' && ['minReplicas', 'maxReplicas'].includes(key))
    return place(`(index .Values.replicas ${JSON.stringify(metadata.name)}).${key.slice(0, 3)}`);
  if (kind === 'Deployment' && key === 'replicas') return place('.Values.relayReplicas');
  const network = networkName(metadata.name);
  if (kind !== 'NetworkPolicy' || values.networks[network] === undefined) return undefined;
  if (key === 'cidr') return place(`.Values.networks.${network}.cidr | quote`);
  return key === 'port' ? place(`.Values.networks.${network}.port`) : undefined;
}

/** Where the overlay's ConfigMaps have a hash in their name, the chart's pods have one in an annotation. */
function withChecksum(deployment: JsonObject, original: JsonObject): JsonObject {
  const names = JSON.stringify(original).matchAll(/"configMapRef":\{"name":"([\w-]+)"\}/g);
  const read = [...new Set([...names].map(([, name]) => settingsExpression(settingsOf(name!))))].join(' ');
  const annotations = { 'checksum/settings': place(`list .Values.host ${read} | toJson | sha256sum | quote`) };
  const spec = deployment['spec'] as JsonObject;
  const template = spec['template'] as JsonObject;
  const metadata = { ...(template['metadata'] as JsonObject), annotations };
  return { ...deployment, spec: { ...spec, template: { ...template, metadata } } };
}
