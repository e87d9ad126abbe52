import type { IContainer } from 'kubernetes-models/v1/Container';
import { type Manifest, nameOf } from '../manifest.ts';
import type { Overlay } from '../render.ts';
import { containersOf, isOurs, workloadsOf } from '../workloads.ts';

export interface Release {
  readonly overlay: Overlay;
  /** Of package.json. */
  readonly version: string;
}

/** An image says which one it is: ours its digest in production and its version elsewhere, others a full version. */
export function imageFaults(manifests: readonly Manifest[], release: Release): string[] {
  const images = workloadsOf(manifests).flatMap((workload) =>
    containersOf(workload).flatMap((container) =>
      imageFault(container, release).map((fault) => `${workload.name}: ${container.name} ${fault}`),
    ),
  );
  return [...images, ...jobFaults(manifests, release)];
}

function imageFault(container: IContainer, { overlay, version }: Release): string[] {
  const { image = '' } = container;
  if (overlay === 'production') {
    return /@sha256:[0-9a-f]{64}$/.test(image) ? [] : [`runs ${image}, which is not told by its digest`];
  }
  if (isOurs(container)) return image.endsWith(`:${version}`) ? [] : [`runs ${image}, not version ${version}`];
  return /:\d+\.\d+[.\w-]*$/.test(image) ? [] : [`runs ${image}, which may be another tomorrow`];
}

/** A Job's pods cannot be changed: under a new name a release has a Job of its own. */
function jobFaults(manifests: readonly Manifest[], { version }: Release): string[] {
  return manifests
    .filter(({ kind, metadata }) => kind === 'Job' && !metadata.name.endsWith(`-${version}`))
    .map((job) => `${nameOf(job)} is not named after version ${version}`);
}
