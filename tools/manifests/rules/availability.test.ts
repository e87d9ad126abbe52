import { describe, expect, test } from '@jest/globals';
import { mutant, without } from '../mutant.ts';
import { type Change, faultsOf, pod, rendered } from '../rendered.ts';

describe('the availability rules', () => {
  test.each<Change>([
    ['spec.strategy.rollingUpdate.maxUnavailable', 1, 'can stop before its replacement is ready'],
    [`${pod}.topologySpreadConstraints.0`, undefined, 'can have all its pods on one node'],
    [`${pod}.topologySpreadConstraints.1`, undefined, 'can have all its pods in one zone'],
    ['spec.replicas', 2, 'must have either a number of replicas or a scaler'],
    [`${pod}.terminationGracePeriodSeconds`, 20, 'can be killed before it has finished'],
  ])('refuse a Deployment with %s: %j', (path, value, fault) => {
    expect(faultsOf(mutant(rendered.local, 'Deployment router', path, value))).toEqual([`Deployment router ${fault}`]);
  });

  test('require that a server drains before it stops', () => {
    expect(faultsOf(mutant(rendered.local, 'ConfigMap router-settings', 'data.DRAIN_S', '0'))).toEqual([
      'Deployment router has a Service but does not drain, or drains without a Service',
    ]);
  });

  test('require that a node can evict one pod at a time', () => {
    expect(faultsOf(mutant(rendered.local, 'PodDisruptionBudget relay', 'spec.maxUnavailable', 0))).toEqual([
      'Deployment relay has no PodDisruptionBudget that allows one eviction at a time',
    ]);
  });

  test('require that a server scales by CPU', () => {
    expect(faultsOf(without(rendered.local, 'HorizontalPodAutoscaler router'))).toContain(
      'Deployment router scales by no metric, not by Resource',
    );
  });

  test('require that a worker scales by backlog in production', () => {
    const mutated = without(rendered.production, 'HorizontalPodAutoscaler order-worker');

    expect(faultsOf(mutated, 'production')).toContain('Deployment order-worker scales by no metric, not by External');
  });

  test('require that a process measures the metric of a scaler', () => {
    const mutated = mutant(
      rendered.production,
      'HorizontalPodAutoscaler order-worker',
      'spec.metrics.0.external.metric.name',
      'queue_depth',
    );

    expect(faultsOf(mutated, 'production')).toEqual([
      'HorizontalPodAutoscaler order-worker scales by queue_depth, which no process measures',
    ]);
  });
});
