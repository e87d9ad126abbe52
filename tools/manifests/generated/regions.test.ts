import { expect, test } from '@jest/globals';
import { withRegions } from './regions.ts';

const file = `before
  # ports: written by npm run manifests
  - 1
  # end of ports
between
    # ports: written by npm run manifests
    # end of ports
after
`;

test('fills in each region with the indentation of its mark, and keeps the other lines', () => {
  const filled = `before
  # ports: written by npm run manifests
  # $1 of these
  - 2
  # end of ports
between
    # ports: written by npm run manifests
    # $1 of these
    - 2
    # end of ports
after
`;
  expect(withRegions(file, { ports: '# $1 of these\n- 2\n' })).toBe(filled);
  expect(withRegions(filled, { ports: '# $1 of these\n- 2\n' })).toBe(filled);
});

test('refuses a file without the region, and a region without an end', () => {
  expect(() => withRegions(file, { hosts: '' })).toThrow('The region "hosts" is absent or has no end');
  expect(() => withRegions(file.replace('  # end of ports\n', ''), { ports: '' })).toThrow('has no end');
  expect(() => withRegions(file.replace('    # end of ports\n', ''), { ports: '' })).toThrow('has no end');
});
