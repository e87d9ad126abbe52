import { describe, expect, test } from '@jest/globals';
import { kustomize } from './kustomize.ts';
import { type Manifest, nameOf } from './manifest.ts';
import { folderOf, overlays, renderWithKubectl } from './render.ts';

describe('the renderer for machines without kubectl', () => {
  test.each(overlays)('renders the %s overlay as kubectl does', (overlay) => {
    const expected = renderWithKubectl(overlay);
    if (expected === null) return console.warn('kubectl is not installed, so this test compares nothing.');

    expect(byName(kustomize(folderOf(overlay)))).toEqual(byName(expected));
  });
});

function byName(manifests: readonly Manifest[]): Record<string, Manifest> {
  return Object.fromEntries(manifests.map((manifest) => [nameOf(manifest), manifest]));
}
