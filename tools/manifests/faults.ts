import type { Manifest } from './manifest.ts';
import type { Overlay } from './render.ts';
import { availabilityFaults } from './rules/availability.ts';
import { healthFaults } from './rules/health.ts';
import { imageFaults } from './rules/images.ts';
import { podSecurityFaults } from './rules/pod-security.ts';
import { processFaults } from './rules/processes.ts';
import { publicPathFaults } from './rules/public-paths.ts';
import { reachFaults } from './rules/reach.ts';
import { referenceFaults } from './rules/references.ts';
import { resourceFaults } from './rules/resources.ts';
import { settingFaults } from './rules/settings.ts';

/** Checks the manifests against our rules. Returns a sentence for each fault. */
export function ruleFaults(manifests: readonly Manifest[], overlay: Overlay, version: string): string[] {
  return [
    ...processFaults(manifests),
    ...podSecurityFaults(manifests),
    ...healthFaults(manifests),
    ...resourceFaults(manifests),
    ...imageFaults(manifests, { overlay, version }),
    ...settingFaults(manifests, overlay),
    ...referenceFaults(manifests, overlay),
    ...reachFaults(manifests, overlay),
    ...publicPathFaults(manifests),
    ...availabilityFaults(manifests, overlay),
  ];
}
