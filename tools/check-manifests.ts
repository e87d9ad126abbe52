import packageJson from '../package.json' with { type: 'json' };
import { ruleFaults } from './manifests/faults.ts';
import { overlays, renderOverlay } from './manifests/render.ts';
import { typeFaults } from './manifests/types.ts';

/** `npm run check:manifests`: what a cluster, an engine or compose would refuse, and what our own rules do. */
const rendered = overlays.map((overlay) => ({ overlay, manifests: renderOverlay(overlay) }));
const faults = [
  ...rendered.flatMap(({ overlay, manifests }) =>
    ruleFaults(manifests, overlay, packageJson.version).map((fault) => `k8s/overlays/${overlay}: ${fault}`),
  ),
  ...(await typeFaults(rendered.flatMap(({ manifests }) => manifests))).map((fault) => `k8s: ${fault}`),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
