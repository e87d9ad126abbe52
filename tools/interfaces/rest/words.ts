import { routes } from '#router/rest/routes.ts';
import type { Json, JsonObject } from '../../json.ts';

/** The routes of mutations, such as `POST /sessions`, by the mutation's name. */
const routeOf = new Map(
  routes.flatMap(({ method, path, document }) => {
    const mutation = /payload: (\w+)\(/.exec(document)?.[1];
    return mutation === undefined ? [] : [[mutation, `${method} ${path}`] as const];
  }),
);

/** What the graph's descriptions say, and what this API calls it. */
const words: readonly (readonly [RegExp, string])[] = [
  [
    /^The `endCursor` of the page before; null for the first page\.$/,
    'The position in the list. `next` of a page has it.',
  ],
  [/ All other fields are null where `userErrors` is not empty\./, ''],
  [/`RegisterInput\.(\w+)`/g, '`$1` of `register`'],
  [/\bthe viewer\b/gi, 'the customer'],
  [/\bone of the customer's\./g, "one of the customer's accounts."],
  [/\bmutations?\b/g, 'requests'],
];

/** Replaces the graph's words in the descriptions of a document. */
export function inRestWords(document: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]): [string, Json] => [key, reworded(key, value)]),
  );
}

function reworded(key: string, value: Json): Json {
  if (key === 'description' && typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return value.map((item: Json) => reworded('', item));
  return typeof value === 'object' && value !== null ? inRestWords(value as JsonObject) : value;
}

function textOf(description: string): string {
  const text = words.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), description);
  return text.replaceAll(/`(\w+)`/g, (whole, name: string) => {
    const route = routeOf.get(name);
    return route === undefined ? whole : `\`${route}\``;
  });
}
