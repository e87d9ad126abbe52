import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { kustomize } from './kustomize.ts';
import type { Manifest } from './manifest.ts';

export const overlays = ['local', 'production'] as const;
export type Overlay = (typeof overlays)[number];

/** Renders what `kubectl apply -k k8s/overlays/…` sends. Uses kubectl if this machine has it. */
export function renderOverlay(overlay: Overlay): Manifest[] {
  return renderWithKubectl(overlay) ?? kustomize(folderOf(overlay));
}

/** Returns null if kubectl is not installed. */
export function renderWithKubectl(overlay: Overlay): Manifest[] | null {
  try {
    const rendered = execFileSync('kubectl', ['kustomize', folderOf(overlay)], { encoding: 'utf8', stdio: 'pipe' });
    return parseAllDocuments(rendered).map((document) => document.toJS() as Manifest);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function folderOf(overlay: Overlay): string {
  return fileURLToPath(new URL(`../../k8s/overlays/${overlay}`, import.meta.url));
}
