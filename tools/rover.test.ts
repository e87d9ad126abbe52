import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { graphqlData } from '#test/graphql.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { apiOf, compose, readSubgraphs, type SubgraphSdl, supergraphFile } from './supergraph.ts';

describe('supergraph.yaml', () => {
  const { federation_version: federation } = parseYaml(
    readFileSync(new URL('../supergraph.yaml', import.meta.url), 'utf8'),
  ) as { federation_version: string };

  test('names one version of composition in the format of rover, not newer than the gateway', () => {
    const { version } = createRequire(import.meta.url)('@apollo/composition/package.json') as { version: string };

    expect(federation).toMatch(/^=2\.\d+\.\d+$/);
    expect(minorOf(federation)).toBeLessThanOrEqual(minorOf(version));
  });

  test('names a version that supports the federation version of the subgraphs', () => {
    for (const { name } of readSubgraphs()) {
      const sdl = readFileSync(new URL(`../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8');
      const [, linked] = sdl.match(/specs\.apollo\.dev\/federation\/v(2\.\d+)/) ?? [];

      expect([name, minorOf(linked!)]).toEqual([name, expect.any(Number)]);
      expect(minorOf(linked!)).toBeLessThanOrEqual(minorOf(federation));
    }
  });
});

describe('rover subgraph introspect', () => {
  let system: SystemAddresses;

  beforeAll(async () => {
    system = await sharedSystem();
  });

  test('gets the SDL from each running subgraph without a token, and it composes to the same API', async () => {
    const introspected = await Promise.all(subgraphNames.map(async (name) => await introspect(system, name)));

    const api = apiOf(compose(introspected).supergraphSdl);
    expect(printSchema(api)).toBe(printSchema(apiOf(readFileSync(supergraphFile, 'utf8'))));
  });
});

/** Sends the query of `rover subgraph introspect`. */
async function introspect(system: SystemAddresses, name: (typeof subgraphNames)[number]): Promise<SubgraphSdl> {
  const url = `${system.origins[name]}/graphql`;
  const { _service } = await graphqlData<{ _service: { sdl: string } }>(url, {
    query: 'query SubgraphIntrospectQuery { _service { sdl } }',
  });
  return { name, url, typeDefs: parse(_service.sdl, { noLocation: true }) };
}

const minorOf = (version: string): number => Number(version.split('.')[1]);
