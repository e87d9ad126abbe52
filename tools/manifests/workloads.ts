import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { type Manifest, nameOf } from './manifest.ts';

/** An object that creates pods. */
export interface Workload {
  /** Such as `Deployment router`. */
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly selector: Readonly<Record<string, string>>;
  /** The labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: IPodSpec;
}

const kinds = ['Deployment', 'StatefulSet', 'Job', 'CronJob'] as const;
type WorkloadKind = (typeof kinds)[number];

interface WorkloadManifest extends Manifest {
  readonly spec: Template & { readonly jobTemplate?: { readonly spec: Template } };
}

/** A CronJob has it in the template of its Jobs. */
interface Template {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly template: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec: IPodSpec;
  };
}

export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests.flatMap((manifest) => {
    const kind = kinds.find((known) => known === manifest.kind);
    if (kind === undefined) return [];
    const { spec } = manifest as WorkloadManifest;
    const { selector, template } = spec.jobTemplate?.spec ?? spec;
    return {
      name: nameOf(manifest),
      kind,
      selector: selector?.matchLabels ?? {},
      labels: template.metadata?.labels ?? {},
      pod: template.spec,
    };
  });
}

/** The workloads that keep running. */
export function lastingWorkloadsOf(manifests: readonly Manifest[]): Workload[] {
  return workloadsOf(manifests).filter(({ kind }) => !ends(kind));
}

/** Whether the pods of a workload end. */
export const ends = (kind: WorkloadKind): boolean => kind === 'Job' || kind === 'CronJob';

export function containersOf({ pod }: Pick<Workload, 'pod'>): readonly IContainer[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}

const image = 'wallet-and-orders';

/** Whether the container runs the image of this project, from any registry. */
export function isOurs(container: IContainer): boolean {
  return (container.image ?? '').split(/[:@]/)[0]?.split('/').at(-1) === image;
}

/** The label that names the part of the system. */
export const componentLabel = 'app.kubernetes.io/component';

export function matches(
  labels: Readonly<Record<string, string>>,
  selector: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}

/** The manifests of a kind, typed as that kind. */
export function ofKind<Kind extends Manifest>(manifests: readonly Manifest[], kind: Kind['kind']): Kind[] {
  return manifests.filter((manifest) => manifest.kind === kind) as Kind[];
}
