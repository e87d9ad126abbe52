import { stringify } from 'yaml';
import { isList, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Manifest } from '../manifest.ts';

/** What the chart's user sets. The defaults are what the production overlay has. */
export interface Values {
  readonly image: string;
  readonly host: string;
  readonly tlsSecret: string;
  readonly ingressClass: string;
  readonly connectionsSecret: string;
  readonly certificates: string;
  readonly relayReplicas: number;
  readonly replicas: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
  readonly networks: Readonly<Record<string, { readonly cidr: string; readonly port: number }>>;
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The settings that a ConfigMap has: `router-settings-842fmfc4md` are those of the router. */
export const settingsOf = (name: string) => name.replace(/-settings(?:-[a-z0-9]{10})?$/, '');

export function valuesOf(objects: readonly (Manifest & JsonObject)[]): Values {
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const [ingress] = of('Ingress').map(({ spec }) => spec as { tls: [{ hosts: [string]; secretName: string }] });
  const relay = of('Deployment').find(({ metadata }) => metadata.name === 'relay');
  const scalers = of('HorizontalPodAutoscaler').map(({ metadata, spec }) => {
    const { minReplicas, maxReplicas } = spec as { minReplicas: number; maxReplicas: number };
    return [metadata.name, { min: minReplicas, max: maxReplicas }] as const;
  });
  const host = ingress!.tls[0].hosts[0];
  const settings = of('ConfigMap').map(({ metadata, data }) => {
    const own = Object.entries(data as Record<string, string>).filter(([key]) => key !== 'PUBLIC_URL');
    return [settingsOf(metadata.name), Object.fromEntries(own)] as const;
  });
  return {
    image: imageIn(relay!)!,
    host,
    tlsSecret: ingress!.tls[0].secretName,
    ingressClass: '',
    connectionsSecret: 'connections',
    certificates: 'certificates',
    relayReplicas: (relay!['spec'] as { replicas: number }).replicas,
    replicas: Object.fromEntries(scalers),
    networks: Object.fromEntries(of('NetworkPolicy').flatMap(networkIn)),
    settings: Object.fromEntries(settings),
  };
}

export const networkName = (policy: string) => policy.replace(/^reach-/, '');

/** The address outside of the cluster that a policy lets pods reach: `reach-postgres` is `postgres` in the values. */
function networkIn({ metadata, spec }: Manifest & JsonObject): [string, { cidr: string; port: number }][] {
  const { egress = [] } = spec as {
    egress?: { to?: { ipBlock?: { cidr: string; except?: Json } }[]; ports?: Json[] }[];
  };
  const [rule] = egress;
  const block = rule?.to?.[0]?.ipBlock;
  if (!metadata.name.startsWith('reach-') || block === undefined || block.except !== undefined) return [];
  return [[networkName(metadata.name), { cidr: block.cidr, port: (rule!.ports![0] as { port: number }).port }]];
}

function imageIn(value: Json): string | undefined {
  if (isList(value)) return value.map(imageIn).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  if (typeof value['image'] === 'string') return value['image'];
  return Object.values(value)
    .map(imageIn)
    .find((found) => found !== undefined);
}

const explanations: Readonly<Record<keyof Values, string>> = {
  image: 'The image with its digest: the one that the registry printed. With the placeholder of zeros no pod starts.',
  host: 'The address of the console, the API and the links in mails.',
  tlsSecret: 'The Secret with the certificate of the host, which cert-manager or you create.',
  ingressClass: 'The class of your ingress controller; empty for the default of the cluster.',
  connectionsSecret:
    'The Secret with the addresses and passwords of PostgreSQL, Redis and the mail server, and the keys\n(docs/kubernetes.md).',
  certificates: 'The ConfigMap with the authorities that issued the certificates of PostgreSQL and Redis; optional.',
  relayReplicas: 'The relays: one works, the others wait for its place.',
  replicas: 'How many pods the autoscalers keep of each server and worker.',
  networks: 'Where the pods reach PostgreSQL, Redis and the mail server. 192.0.2.0/24 is reserved for documentation.',
  settings: 'The settings of the processes (README.md).',
};

export function valuesText(values: Values): string {
  const parts = Object.entries(explanations).map(([name, explanation]) => {
    const comment = explanation
      .split('\n')
      .map((line) => `# ${line}\n`)
      .join('');
    return `${comment}${stringify({ [name]: values[name as keyof Values] }, { lineWidth: 0 })}`;
  });
  return parts.join('');
}

/** Helm refuses values that do not match, unknown ones included. */
export function schemaOf(values: Values): JsonObject {
  const object = (properties: Readonly<Record<string, Json>>): JsonObject => ({
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  });
  const each = (group: object, schema: Json) =>
    object(Object.fromEntries(Object.keys(group).map((name) => [name, schema])));
  const text = { type: 'string', minLength: 1 };
  const count = { type: 'integer', minimum: 1 };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...object({
      image: { type: 'string', pattern: '^[^\\s@]+(?:@sha256:[0-9a-f]{64}|:[\\w.-]+)$' },
      host: { type: 'string', pattern: '^[a-z0-9.-]+$' },
      tlsSecret: text,
      ingressClass: { type: 'string' },
      connectionsSecret: text,
      certificates: text,
      relayReplicas: count,
      replicas: each(values.replicas, object({ min: count, max: count })),
      networks: each(values.networks, object({ cidr: text, port: { type: 'integer', minimum: 1, maximum: 65_535 } })),
      settings: each(values.settings, { type: 'object', additionalProperties: { type: 'string' } }),
    }),
  };
}
