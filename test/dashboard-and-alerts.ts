import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { readExpression, type readMetrics } from './promql.ts';

interface Rule {
  readonly expr: string;
  /** The name of an alert. */
  readonly alert?: string;
  /** The name of a series that the rule computes. */
  readonly record?: string;
  readonly annotations?: { readonly runbook?: string };
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: unknown }[] };
}

const fileOf = (name: string) => readFileSync(new URL(`../deploy/observability/${name}`, import.meta.url), 'utf8');
const rules = (parseYaml(fileOf('alerts.yaml')) as Rules).groups.flatMap(({ rules }) => rules);
const dashboards = ['dashboard.json', 'business.json'].map((name) => JSON.parse(fileOf(name)) as Dashboard);

/** The titles of the panels of all dashboards. */
export const panelTitles = dashboards.flatMap(({ panels }) => panels.map(({ title }) => title));

/** The alerts, each with the section of the runbook that it names. */
export const alerts = rules.flatMap(({ alert, annotations }) =>
  alert === undefined ? [] : [{ alert, runbook: annotations?.runbook }],
);

const expressions: readonly (readonly [string, string])[] = [
  ...rules.map(({ alert, record, expr }) => [`the rule ${alert ?? record}`, expr] as const),
  ...dashboards
    .flatMap(({ panels }) => panels)
    .flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => [`the panel "${title}"`, expr.replaceAll('$__rate_interval', '5m')] as const),
    ),
];

/** Metrics and labels that Prometheus adds, and the series that rules compute. */
const added = new Map<string, readonly string[]>([
  ['up', ['job', 'instance']],
  ...rules.flatMap(({ record }): [string, readonly string[]][] => (record === undefined ? [] : [[record, []]])),
]);
const addedLabels = new Set(['job', 'instance', 'process']);

/** The names of the metrics in the dashboard and the alerts. */
export const usedMetrics = [
  ...new Set(expressions.flatMap(([, expression]) => readExpression(expression).series).map(({ metric }) => metric)),
];

/**
 * @param shown the metrics of each process
 * @returns the metrics and labels of the dashboard and the alerts that no process has
 */
export function unknownNames(shown: readonly ReturnType<typeof readMetrics>[]): string[] {
  const labelsOf = (metric: string) =>
    shown.some((metrics) => metrics.has(metric)) || added.has(metric)
      ? new Set([...addedLabels, ...shown.flatMap((metrics) => [...(metrics.get(metric) ?? [])])])
      : null;

  return expressions.flatMap(([source, expression]) => {
    const { series, grouping } = readExpression(expression);
    const known = new Set(series.flatMap(({ metric }) => [...(labelsOf(metric) ?? [])]));
    return [
      ...series.filter(({ metric }) => labelsOf(metric) === null).map(({ metric }) => `${source}: ${metric}`),
      ...series.flatMap(({ metric, labels }) =>
        labels
          .filter((label) => labelsOf(metric)?.has(label) === false)
          .map((label) => `${source}: ${metric}{${label}}`),
      ),
      ...grouping.filter((label) => !known.has(label)).map((label) => `${source}: by (${label})`),
    ];
  });
}
