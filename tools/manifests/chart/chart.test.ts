import { readdirSync, readFileSync } from 'node:fs';
import { registerSchema, type SchemaObject, validate } from '@hyperjump/json-schema/draft-07';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { JsonObject } from '../../json.ts';
import { nameOf, type Manifest } from '../manifest.ts';
import { faultsOf, rendered } from '../rendered.ts';
import { typeFaults } from '../types.ts';
import { chartFolder } from './chart.ts';
import { renderTemplate } from './rendered-chart.ts';

const read = (path: string) => readFileSync(new URL(path, chartFolder), 'utf8');
const defaults = parse(read('values.yaml')) as JsonObject;

const schemaId = 'https://wallet.invalid/values';
registerSchema(JSON.parse(read('values.schema.json')) as SchemaObject, schemaId);

function render(values: JsonObject = {}, namespace = 'wallet-and-orders'): Manifest[] {
  const all = { ...defaults, ...values };
  return readdirSync(new URL('templates', chartFolder)).flatMap((file) =>
    renderTemplate(read(`templates/${file}`), all, namespace),
  );
}

const byName = (manifests: readonly Manifest[]) =>
  Object.fromEntries(manifests.map((manifest) => [nameOf(manifest), manifest]));

/** Without what differs on purpose: hashes in the names of ConfigMaps, or in an annotation. */
function comparable(manifests: readonly Manifest[]): Record<string, Manifest> {
  const text = JSON.stringify(manifests.filter(({ kind }) => kind !== 'Namespace'))
    .replaceAll(/-settings-[a-z0-9]{10}"/g, '-settings"')
    .replaceAll(/,"annotations":\{"checksum\/settings":"[0-9a-f]{64}"\}/g, '');
  return byName(JSON.parse(text) as Manifest[]);
}

describe('the Helm chart', () => {
  test('renders the objects of the production overlay', async () => {
    expect(comparable(render())).toEqual(comparable(rendered.production));
    expect(await typeFaults(render())).toEqual([]);
    expect(
      faultsOf([...render(), ...rendered.production.filter(({ kind }) => kind === 'Namespace')], 'production'),
    ).toEqual([]);
  });

  test('takes image, host, secrets, replicas, networks and settings from the values', () => {
    const image = `registry.example/other@sha256:${'1'.repeat(64)}`;
    const settings = { ...(defaults['settings'] as JsonObject), router: { LOG_LEVEL: 'debug' } };
    const replicas = { ...(defaults['replicas'] as JsonObject), router: { min: 3, max: 4 } };
    const text = JSON.stringify(
      render(
        { image, host: 'wallet.example', ingressClass: 'traefik', connectionsSecret: 'mine', settings, replicas },
        'elsewhere',
      ),
    );

    for (const [set, unset] of [
      [image, '0'.repeat(64)],
      ['"https://wallet.example"', 'arch.homework'],
      ['"ingressClassName":"traefik"', '"ingressClassName":""'],
      ['"name":"mine"', '"name":"connections"'],
      ['"minReplicas":3', 'SIGN_IN_LIMIT'],
      ['"namespace":"elsewhere"', '"namespace":"wallet-and-orders"'],
    ])
      expect([text.includes(set!), text.includes(unset!)]).toEqual([true, false]);
  });

  test('replaces the pods that read a changed setting, and no others', () => {
    const checksums = (values: JsonObject) =>
      render(values)
        .filter(({ kind }) => kind === 'Deployment')
        .map((manifest) => [manifest.metadata.name, /checksum\/settings":"(\w+)"/.exec(JSON.stringify(manifest))![1]]);
    const before = checksums({});
    const after = checksums({ settings: { ...(defaults['settings'] as JsonObject), router: { LOG_LEVEL: 'debug' } } });

    expect(after.filter(([, hash], index) => hash !== before[index]![1]).map(([name]) => name)).toEqual(['router']);
  });

  test.each<[what: string, values: JsonObject]>([
    ['an image without a version', { image: 'registry.example/wallet' }],
    ['an unknown value', { replica: 3 }],
    [
      'a setting that is no text',
      { settings: { ...(defaults['settings'] as JsonObject), router: { SIGN_IN_LIMIT: 20 } } },
    ],
    ['no pods', { relayReplicas: 0 }],
  ])('has a schema that refuses %s', async (_what, values) => {
    const isValid = await validate(schemaId);

    expect(isValid(defaults as never).valid).toBe(true);
    expect(isValid({ ...defaults, ...values } as never).valid).toBe(false);
  });
});
