import type { IContainer } from 'kubernetes-models/v1/Container';
import { type Manifest, nameOf } from '../manifest.ts';
import type { Overlay } from '../render.ts';
import { containersOf, isOurs, workloadsOf } from '../workloads.ts';

export interface Release {
  readonly overlay: Overlay;
  /** The version in package.json. */
  readonly version: string;
}

/** In production, a digest identifies each image. Elsewhere, its version does. */
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
    return /@sha256:[0-9a-f]{64}$/.test(image) ? [] : [`runs ${image}, which is not identified by a digest`];
  }
  if (isOurs(container)) return image.endsWith(`:${version}`) ? [] : [`runs ${image}, not version ${version}`];
  return /:\d+\.\d+[.\w-]*$/.test(image) ? [] : [`runs ${image}, which names no full version`];
}

/**
 * Each release needs a Job with a new name, because a Job's pod template is immutable. The name has the version with
 * hyphens: a Job's name becomes the names of pods, which have no dots (RFC 1123, section 2.1).
 */
function jobFaults(manifests: readonly Manifest[], { version }: Release): string[] {
  return manifests
    .filter(({ kind, metadata }) => kind === 'Job' && !metadata.name.endsWith(`-${version.replaceAll('.', '-')}`))
    .map((job) => `${nameOf(job)} is not named after version ${version}`);
}
