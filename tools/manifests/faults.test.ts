import { expect, test } from '@jest/globals';
import { overlays } from './render.ts';
import { faultsOf, rendered } from './rendered.ts';

test.each(overlays)('the manifests of the %s overlay break no rule', (overlay) => {
  expect(faultsOf(rendered[overlay], overlay)).toEqual([]);
});
