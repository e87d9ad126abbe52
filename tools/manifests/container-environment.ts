import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { GivenEnvironment } from './environment-faults.ts';
import type { Manifest } from './manifest.ts';
import { ofKind } from './workloads.ts';

type ConfigMap = IConfigMap & Manifest;

/** The variables of a container, with the values from its ConfigMaps and the Secret. Unknown keys are left out. */
export function environmentOf(
  container: IContainer,
  manifests: readonly Manifest[],
  secret: Readonly<Record<string, string>>,
): GivenEnvironment {
  const configMaps = ofKind<ConfigMap>(manifests, 'ConfigMap');
  const dataOf = (name: string | undefined) => configMaps.find(({ metadata }) => metadata.name === name)?.data ?? {};
  const shared = (container.envFrom ?? []).map(({ configMapRef }) => dataOf(configMapRef?.name));
  const own = (container.env ?? []).map(({ name, value, valueFrom }) => {
    const key = valueFrom?.configMapKeyRef;
    return [name, value ?? dataOf(key?.name)[key?.key ?? ''] ?? secret[valueFrom?.secretKeyRef?.key ?? '']] as const;
  });
  const given = own.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  return {
    values: Object.assign({}, ...shared, Object.fromEntries(given)) as Record<string, string>,
    secrets: (container.env ?? [])
      .filter(({ valueFrom }) => valueFrom?.secretKeyRef !== undefined && valueFrom.secretKeyRef.optional !== true)
      .map(({ name }) => name),
  };
}
