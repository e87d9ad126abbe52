import { describe, expect, test } from '@jest/globals';
import type { Json } from '../json.ts';
import type { Manifest } from './manifest.ts';
import { mutant } from './mutant.ts';
import { renderOverlay } from './render.ts';
import { typeFaults } from './types.ts';

const manifests = renderOverlay('local');

/** The compiler may take long on a busy machine. */
const timeoutMs = 120_000;

describe('the types of Kubernetes', () => {
  test(
    'accept the manifests',
    async () => {
      expect(await typeFaults([...manifests, ...renderOverlay('production')])).toEqual([]);
    },
    timeoutMs,
  );

  test(
    'refuse unknown fields, missing fields, and values of a wrong type',
    async () => {
      const wrong = (name: string, path: string, value: Json | undefined) =>
        mutant(manifests, name, path, value).filter(
          (manifest) => `${manifest.kind} ${manifest.metadata.name}` === name,
        );
      const unknownKind = [{ apiVersion: 'v1', kind: 'Sevice', metadata: { name: 'typo' } }] satisfies Manifest[];

      const faults = await typeFaults([
        ...wrong('Deployment router', 'spec.template.spec.containers.0.readinesProbe', {}),
        ...wrong('NetworkPolicy router', 'spec.ingres', []),
        ...wrong('Service router', 'spec.ports.0.port', 'http'),
        ...wrong('Ingress wallet-and-orders', 'spec.rules.0.http.paths.0.pathType', undefined),
        ...wrong('Deployment relay', 'spec.replicas', 1.5),
        ...unknownKind,
      ]);

      expect(faults).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^Deployment router error .*'"readinesProbe"' does not exist in type 'IContainer'/),
          expect.stringMatching(/^NetworkPolicy router error .*'"ingres"' does not exist in type 'INetworkPolicySpec'/),
          expect.stringMatching(/^Service router error .*'string' is not assignable to type 'number'/),
          expect.stringMatching(/^Ingress wallet-and-orders error .*'"pathType"' is missing/),
          expect.stringMatching(/^Deployment relay: data\/spec\/replicas must be integer/),
          expect.stringMatching(/^Sevice typo: /),
        ]),
      );
    },
    timeoutMs,
  );
});
