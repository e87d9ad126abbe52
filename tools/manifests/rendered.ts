import packageJson from '../../package.json' with { type: 'json' };
import type { Json } from '../json.ts';
import { ruleFaults } from './faults.ts';
import type { Manifest } from './manifest.ts';
import { type Overlay, renderOverlay } from './render.ts';

/** The manifests of each overlay, for tests of the rules. */
export const rendered: Readonly<Record<Overlay, readonly Manifest[]>> = {
  local: renderOverlay('local'),
  production: renderOverlay('production'),
};

/** The version of the release, which images and Jobs carry. */
export const { version } = packageJson;
/** The version as a part of a Job's name. */
export const versionInName = version.replaceAll('.', '-');

export function faultsOf(manifests: readonly Manifest[], overlay: Overlay = 'local'): string[] {
  return ruleFaults(manifests, overlay, version);
}

/** A change and the fault that it causes. The value undefined removes what is at the path. */
export type Change = readonly [path: string, value: Json | undefined, fault: string];

/** The paths of a workload's pod and of its first container. */
export const pod = 'spec.template.spec';
export const container = `${pod}.containers.0`;
