import { readdirSync } from 'node:fs';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { pageAddresses } from '#router/console.ts';
import type { Manifest } from '../manifest.ts';
import { ofKind } from '../workloads.ts';

type Ingress = IIngress & Manifest;

export const publicHost = 'arch.homework';

/** What of the router the public may see: the graph, the console and what it asks for, and no /metrics or /health. */
export function publicPathFaults(manifests: readonly Manifest[]): string[] {
  const rules = ofKind<Ingress>(manifests, 'Ingress').flatMap(({ spec }) => spec?.rules ?? []);
  const open = rules.flatMap(({ http }) => (http?.paths ?? []).map(({ path, pathType }) => `${pathType} ${path}`));
  const wanted = publicPaths();
  return [
    ...(rules.every(({ host }) => host === publicHost) ? [] : [`the Ingress is not for ${publicHost} alone`]),
    ...wanted.filter((path) => !open.includes(path)).map((path) => `the Ingress does not lead to ${path}`),
    ...open.filter((path) => !wanted.includes(path)).map((path) => `the Ingress leads to ${path}, which is not public`),
  ];
}

/** `/accounts/:id` becomes all that is below `/accounts`. */
function publicPaths(): string[] {
  const pages = pageAddresses.map((address) => {
    const [folder, parameter] = address.split('/:');
    return parameter === undefined ? `Exact ${address}` : `Prefix ${folder}`;
  });
  const folders = pages.filter((path) => path.startsWith('Prefix ')).map((path) => path.replace('Prefix', 'Exact'));
  const files = readdirSync(new URL('../../../web/public', import.meta.url)).map((file) => `Exact /${file}`);
  return [
    ...['/graphql', '/session', '/statements', '/assets'].map((path) => `Prefix ${path}`),
    ...pages.filter((path) => !folders.includes(path)),
    ...files,
  ];
}
