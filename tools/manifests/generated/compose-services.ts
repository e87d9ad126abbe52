import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { addressesOf, routerAddresses } from './peers.ts';
import type { Regions } from './regions.ts';

/** The parts of compose.yaml that follow from the manifest of subgraphs. */
export function composeRegions(): Regions {
  return {
    'folders of the connections': subgraphNames.map((name) => `- ${name}-connections:/connections/${name}\n`).join(''),
    subgraphs: subgraphNames.map(service).join('\n'),
    'addresses of the subgraphs': lines(routerAddresses()),
    'subgraphs to wait for': subgraphNames.map((name) => `${name}:\n  condition: service_healthy\n`).join(''),
    'volumes of the connections': subgraphNames.map((name) => `${name}-connections:\n`).join(''),
  };
}

function service(name: SubgraphName): string {
  return `${name}:
  <<: *process
  command: [--env-file=/connections/${name}.env, subgraphs/${name}/server.ts]
  volumes:
    - ${name}-connections:/connections:ro
  environment:
    HOST: 0.0.0.0
    MANAGEMENT_HOST: 0.0.0.0
${lines([...settingsOf(name), ...addressesOf(name)], '    ')}  depends_on: *after-migrate
`;
}

/** Compose runs no mail server, so no message could prove an address. Passkeys work at the address of the console. */
const settingsOf = (name: SubgraphName): readonly (readonly [string, string])[] =>
  name === 'user'
    ? [
        ['EMAIL_VERIFICATION', "'off'"],
        ['PUBLIC_URL', 'http://localhost:${ROUTER_PORT:-4000}'],
      ]
    : [];

const lines = (settings: readonly (readonly [string, string])[], indentation = '') =>
  settings.map(([setting, url]) => `${indentation}${setting}: ${url}\n`).join('');
