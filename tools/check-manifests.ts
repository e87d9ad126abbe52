import { readFileSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };
import { chartFiles } from './manifests/chart/chart.ts';
import { composeFaults, composeLintFaults } from './manifests/compose-file.ts';
import { ruleFaults } from './manifests/faults.ts';
import { manifestFiles } from './manifests/generated/files.ts';
import { contentFaults } from './manifests/image-contents.ts';
import { imageFaults } from './manifests/image.ts';
import { overlays, renderOverlay } from './manifests/render.ts';
import { typeFaults } from './manifests/types.ts';
import { nameOf, staleFilesOf } from './write-files.ts';

/** `npm run check:manifests`: checks the manifests, the Dockerfile and compose.yaml by schemas and by this project's rules. */
const { version, dependencies, devDependencies } = packageJson;
const project = new URL('../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, project), 'utf8');

const rendered = overlays.map((overlay) => ({ overlay, manifests: renderOverlay(overlay) }));
const dockerfile = read('Dockerfile');
const faults = [
  ...staleFilesOf([...(await manifestFiles()), ...chartFiles()]).map(
    ({ file }) => `${nameOf(file)} is stale: run npm run manifests`,
  ),
  ...rendered.flatMap(({ overlay, manifests }) =>
    ruleFaults(manifests, overlay, version).map((fault) => `k8s/overlays/${overlay}: ${fault}`),
  ),
  ...(await typeFaults(rendered.flatMap(({ manifests }) => manifests))).map((fault) => `k8s: ${fault}`),
  ...imageFaults(dockerfile, devDependencies.node).map((fault) => `Dockerfile: ${fault}`),
  ...contentFaults(dockerfile, read('.dockerignore'), dependencies).map((fault) => `Dockerfile: ${fault}`),
  ...composeLintFaults(new URL('compose.yaml', project)).map((fault) => `compose.yaml: ${fault}`),
  ...composeFaults(read('compose.yaml'), version).map((fault) => `compose.yaml: ${fault}`),
];
for (const fault of faults) console.error(fault);
if (faults.length === 0) {
  const counts = rendered.map(({ overlay, manifests }) => `${manifests.length} manifests of ${overlay}`).join(', ');
  console.log(`No faults in ${counts}, the Dockerfile and compose.yaml.`);
} else {
  process.exitCode = 1;
}
