import { expect, test } from '@jest/globals';
import { subgraphNames, workerGroups } from '#subgraphs/manifest.ts';
import { without } from '../mutant.ts';
import { faultsOf, rendered } from '../rendered.ts';

test.each(subgraphNames)('refuses manifests without a workload for the subgraph %s', (name) => {
  expect(faultsOf(without(rendered.local, `Deployment ${name}`))).toContain(
    `no workload runs ${name} (subgraphs/${name}/server.ts)`,
  );
});

test.each(workerGroups)('refuses manifests without workers for the group %s', (group) => {
  expect(faultsOf(without(rendered.production, `Deployment ${group}-worker`), 'production')).toContain(
    `no workload has the role ${group} of the jobs`,
  );
});

test('refuses manifests without the router or the relay', () => {
  expect(faultsOf(without(rendered.local, 'Deployment router'))).toContain(
    'no workload runs router (router/server.ts)',
  );
  expect(faultsOf(without(rendered.local, 'Deployment relay'))).toContain('no workload has the role relay of the jobs');
});
