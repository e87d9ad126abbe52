import { describe, expect, test } from '@jest/globals';
import { kustomize } from './kustomize.ts';
import { type Manifest, nameOf } from './manifest.ts';
import { folderOf, overlays, renderWithKubectl } from './render.ts';

describe('the renderer for machines without kubectl', () => {
  test.each(overlays)('makes of the %s overlay what kubectl makes of it', (overlay) => {
    const expected = renderWithKubectl(overlay);
    if (expected === null) return console.warn('There is no kubectl here to compare with.');

    expect(byName(kustomize(folderOf(overlay)))).toEqual(byName(expected));
  });
});

function byName(manifests: readonly Manifest[]): Record<string, Manifest> {
  return Object.fromEntries(manifests.map((manifest) => [nameOf(manifest), manifest]));
}
