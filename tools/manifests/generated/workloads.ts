import { serverConnections } from '#k8s/processes/files.ts';
import { partConfigs } from '#local/parts.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { outboxOwners, type SubgraphName, subgraphNames, subgraphs, type WorkerGroup } from '#subgraphs/manifest.ts';
import { callersOf, peersOf } from './peers.ts';

/** The Kubernetes manifests of the processes that follow from the manifest of subgraphs. */

/** A subgraph's server: Deployment, Service, scaler, disruption budget and network policy. */
export function serverManifests(name: SubgraphName): string {
  const { port, managementPort } = subgraphs[name];
  return documents(
    deployment({
      name,
      entry: `subgraphs/${name}/server.ts`,
      ports: { http: port, management: managementPort },
      configMap: `${name}-settings`,
      databases: [settingName(name, 'DATABASE_URL')],
      environment: serverConnections(name).map((key) => secret(key)),
    }),
    service(name, port),
    scaler(name),
    disruptionBudget(name),
    networkPolicy(name),
  );
}

/** The workers of a subgraph's queues. */
export function workerManifests(group: WorkerGroup): string {
  const databaseUrl = settingName(group, 'WORKER_DATABASE_URL');
  return jobsManifests(
    `${group}-worker`,
    group,
    [databaseUrl],
    [
      secret('REDIS_URL', settingName(`${group}_worker`, 'REDIS_URL')),
      secret(settingName(group, 'JOB_KEYS')),
      ...(group === 'notification' ? [secret('NOTIFICATION_WEBHOOK_KEYS')] : []),
    ],
  );
}

/** The relay of all outboxes. */
export function relayManifests(): string {
  const databaseUrls = outboxOwners.map((owner) => settingName(owner, 'RELAY_DATABASE_URL'));
  return jobsManifests('relay', 'relay', databaseUrls, [secret('REDIS_URL', 'RELAY_REDIS_URL')]);
}

function jobsManifests(
  name: string,
  role: string,
  databases: readonly string[],
  otherSecrets: readonly string[],
): string {
  return documents(
    deployment({
      name,
      replicas: 2,
      entry: 'jobs/server.ts',
      ports: {
        http: partConfigs.jobs.settings.JOBS_PORT.parse(undefined),
        management: partConfigs.jobs.settings.JOBS_MANAGEMENT_PORT.parse(undefined),
      },
      configMap: 'jobs-settings',
      databases,
      environment: [
        `- name: JOBS_ROLES\n  value: ${role}\n`,
        ...databases.map((setting) => secret(setting)),
        ...otherSecrets,
      ],
    }),
    disruptionBudget(name),
  );
}

interface DeploymentOptions {
  readonly name: string;
  /** A scaler decides if this is not given. */
  readonly replicas?: number;
  readonly entry: string;
  readonly ports: { readonly http: number; readonly management: number };
  readonly configMap: string;
  /** The settings with the databases whose migrations the pod awaits. */
  readonly databases: readonly string[];
  readonly environment: readonly string[];
}

function deployment({ name, replicas, entry, ports, configMap, databases, environment }: DeploymentOptions): string {
  return `apiVersion: apps/v1
kind: Deployment
${metadata(name)}
spec:
${replicas === undefined ? '' : `  replicas: ${replicas}\n`}  selector:
    matchLabels:
      app.kubernetes.io/component: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/component: ${name}
    spec:
      initContainers:
        - name: await-migrations
          env:
${indented(databases.map((setting) => secret(setting)).join(''), 12)}
      containers:
        - name: process
          args: [${entry}]
          ports:
            - name: http
              containerPort: ${ports.http}
            - name: management
              containerPort: ${ports.management}
          envFrom:
            - configMapRef:
                name: process-settings
            - configMapRef:
                name: ${configMap}
          env:
${indented(environment.join(''), 12)}
          resources:
            requests:
              cpu: 100m
              memory: 224Mi
            limits:
              memory: 512Mi
`;
}

/** A variable with a key of the Secret `connections`. */
export function secret(setting: string, key = setting): string {
  return `- name: ${setting}
  valueFrom:
    secretKeyRef:
      name: connections
      key: ${key}
`;
}

function service(name: string, port: number): string {
  return `apiVersion: v1
kind: Service
${metadata(name)}
spec:
  selector:
    app.kubernetes.io/component: ${name}
  ports:
    - name: http
      port: ${port}
      targetPort: http
`;
}

function scaler(name: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata(name)}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`;
}

/** Scales workers by the backlog of their group: one worker for every five waiting jobs. */
export function workerScaler(group: WorkerGroup): string {
  const name = `${group}-worker`;
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata(name)}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 2
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wallet_queue_jobs
          selector:
            matchLabels:
              group: ${group}
              state: waiting
        target:
          type: AverageValue
          averageValue: '5'
`;
}

function disruptionBudget(name: string): string {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata(name)}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/component: ${name}
`;
}

/** Allows the connections from the router and from the subgraphs that call this one, and to those that it calls. */
function networkPolicy(name: SubgraphName): string {
  const egress = peersOf(name)
    .map((peer) => egressTo(peer))
    .join('');
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata(name)}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/component: ${name}
  ingress:
    - from:
${indented(['router', ...callersOf(name)].map(podsOf).join(''), 8)}
      ports:
        - port: ${subgraphs[name].port}
${egress === '' ? '' : `  egress:\n${indented(egress, 4)}\n`}`;
}

function egressTo(name: SubgraphName): string {
  return `- to:\n${indented(podsOf(name), 4)}\n  ports:\n    - port: ${subgraphs[name].port}\n`;
}

/** The connections of the router. */
export const egressToSubgraphs = () => subgraphNames.map((name) => egressTo(name)).join('');

const podsOf = (component: string) =>
  `- podSelector:\n    matchLabels:\n      app.kubernetes.io/component: ${component}\n`;

const metadata = (name: string) => `metadata:
  name: ${name}
  labels:
    app.kubernetes.io/component: ${name}`;

const documents = (...texts: readonly string[]) => texts.join('---\n');

function indented(text: string, columns: number): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(columns)}${line}`)
    .join('\n');
}
