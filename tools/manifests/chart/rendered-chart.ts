import { createHash } from 'node:crypto';
import { parseAllDocuments, stringify } from 'yaml';
import type { Json, JsonObject } from '../../json.ts';
import type { Manifest } from '../manifest.ts';

/**
 * Renders a template of the chart for machines without Helm. It knows only the expressions that the chart uses, and
 * refuses all others.
 */
export function renderTemplate(text: string, values: JsonObject, namespace: string): Manifest[] {
  const chosen = text.replaceAll(
    / *\{\{- with (\S+) \}\}\n([\s\S]*?) *\{\{- end \}\}\n/g,
    (_all, path: string, inner: string) =>
      textAt(path, values) === '' ? '' : inner.replaceAll('{{ . | quote }}', `{{ ${path} | quote }}`),
  );
  const rendered = chosen.replaceAll(/\{\{-? (.*?) \}\}/g, (_all, expression: string) =>
    valueOf(expression, values, namespace),
  );
  return parseAllDocuments(rendered.replaceAll(/\n\s*\n/g, '\n')).map((document) => {
    if (document.errors.length > 0) throw new Error(document.errors.join(', '));
    return document.toJS() as Manifest;
  });
}

function valueOf(expression: string, values: JsonObject, namespace: string): string {
  if (expression === '.Release.Namespace') return namespace;
  const block = /^toYaml (\(.*\)) \| nindent 2$/.exec(expression);
  if (block !== null) return `\n${stringify(at(block[1]!, values)).trimEnd().replaceAll(/^/gm, '  ')}`;
  const url = /^print "(.*)" (\S+) \| quote$/.exec(expression);
  if (url !== null) return JSON.stringify(`${url[1]}${textAt(url[2]!, values)}`);
  const hash = /^list (.*) \| toJson \| sha256sum \| quote$/.exec(expression);
  if (hash !== null) {
    const read = hash[1]!.match(/\([^)]*\)|\S+/g)!.map((path) => at(path, values));
    return JSON.stringify(createHash('sha256').update(JSON.stringify(read)).digest('hex'));
  }
  const quoted = /^(.*) \| quote$/.exec(expression);
  return quoted === null ? textAt(expression, values) : JSON.stringify(textAt(quoted[1]!, values));
}

function textAt(path: string, values: JsonObject): string {
  const value = at(path, values);
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`${path} is neither a text nor a number`);
  return String(value);
}

/** `.Values.a.b`, `(index .Values.a "b")` or `(index .Values.a "b").c`. */
function at(path: string, values: JsonObject): Json {
  const indexed = /^\(index (\S+) "([\w-]+)"\)(\.\w+)?$/.exec(path);
  const names =
    indexed === null
      ? path.split('.')
      : [...indexed[1]!.split('.'), indexed[2]!, ...(indexed[3]?.slice(1).split('.') ?? [])];
  if (names[0] !== '' || names[1] !== 'Values') throw new Error(`Not an expression of the chart: ${path}`);
  const found = names
    .slice(2)
    .reduce<Json | undefined>((value, name) => (value as JsonObject | undefined)?.[name], values);
  if (found === undefined) throw new Error(`The values have no ${path}`);
  return found;
}
