import { readdirSync } from 'node:fs';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { pageAddresses } from '#router/console.ts';
import { formerPaths } from '#router/former-paths/former-paths.ts';
import { metadataPath } from '#router/oauth-metadata.ts';
import type { Manifest } from '../manifest.ts';
import { ofKind } from '../workloads.ts';

type Ingress = IIngress & Manifest;

export const publicHost = 'arch.homework';

/** The Ingress publishes the router's graph, its REST API, the console and its files, but neither /metrics nor /health. */
export function publicPathFaults(manifests: readonly Manifest[]): string[] {
  const rules = ofKind<Ingress>(manifests, 'Ingress').flatMap(({ spec }) => spec?.rules ?? []);
  const open = new Set(
    rules.flatMap(({ http }) => (http?.paths ?? []).map(({ path, pathType }) => `${pathType} ${path}`)),
  );
  const wanted = new Set(publicPaths());
  return [
    ...(rules.every(({ host }) => host === publicHost) ? [] : [`the Ingress serves hosts other than ${publicHost}`]),
    ...[...wanted.difference(open)].map((path) => `the Ingress does not route to ${path}`),
    ...[...open.difference(wanted)].map((path) => `the Ingress routes to ${path}, which is not public`),
  ];
}

function publicPaths(): string[] {
  const folders = [
    '/graphql',
    '/api',
    '/oauth',
    '/session',
    '/statements',
    '/my-data',
    '/assets',
    ...pageAddresses.filter(isBelow).map(folderOf),
  ];
  const pages = [...pageAddresses, ...formerPaths].filter(
    (address) => !isBelow(address) && !folders.some((folder) => address === folder || address.startsWith(`${folder}/`)),
  );
  const files = readdirSync(new URL('../../../web/public', import.meta.url)).map((file) => `/${file}`);
  const exact = [...pages, ...files, metadataPath];
  return [...folders.map((path) => `Prefix ${path}`), ...exact.map((path) => `Exact ${path}`)];
}

/** The route `/accounts/:id` stands for all paths below `/accounts`. */
function isBelow(address: string): boolean {
  return address.includes('/:');
}

function folderOf(address: string): string {
  return address.slice(0, address.indexOf('/:'));
}
