import { parser } from '@prometheus-io/lezer-promql';

/** A series in a PromQL expression, and the labels that select it. */
export interface ExpressionSeries {
  readonly metric: string;
  readonly labels: readonly string[];
}

export interface ParsedExpression {
  readonly series: readonly ExpressionSeries[];
  /** The labels by which aggregations group. */
  readonly grouping: readonly string[];
}

/** @throws if the expression is invalid. */
export function readExpression(expression: string): ParsedExpression {
  const series: { metric: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  let inGrouping = false;
  parser.parse(expression).iterate({
    enter: ({ name, from, to, type }) => {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`not an expression at ${from}: ${expression}`);
      if (name === 'GroupingLabels') inGrouping = true;
      if (name === 'VectorSelector') series.push({ metric: '', labels: [] });
      if (name === 'Identifier') series.at(-1)!.metric = text;
      if (name === 'LabelName') (inGrouping ? grouping : series.at(-1)!.labels).push(text);
    },
    leave: ({ name }) => {
      if (name === 'GroupingLabels') inGrouping = false;
    },
  });
  return { series, grouping };
}

/** The names of a process's metrics, and of the labels that their samples have, as `/metrics` shows them. */
export function readMetrics(text: string): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const [, name, type] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => `${name}${suffix}`) : [name!];
    for (const each of names) known.set(each, new Set());
  }
  for (const [, name, labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    for (const [, label] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.get(name!)?.add(label!);
  }
  return known;
}
