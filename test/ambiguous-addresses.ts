import { type AmbiguousRequest, harmless, percent } from './ambiguous-parts.ts';

type Address = readonly [what: string, outcome: AmbiguousRequest['outcome'], target: (query: string) => string];

/** URLs with a document in the query string, and whether a server must refuse or read them. */
export function ambiguousAddresses(path: string): readonly Address[] {
  return [
    ['a query, every byte of it escaped', 'read', (query) => `${path}?query=${percent(query)}`],
    ['a malformed escape behind a comment', 'refused', (query) => `${path}?query=${percent(`${query}#`)}%ZZ`],
    ['an escape that is cut off', 'refused', (query) => `${path}?query=${percent(query)}%2`],
    ['a percent sign alone', 'refused', (query) => `${path}?query=${percent(`${query}#`)}%`],
    ['a malformed escape in another parameter', 'refused', (query) => `${path}?query=${percent(query)}&a=%ZZ`],
    ['a malformed escape in a name', 'refused', (query) => `${path}?query=${percent(query)}&%ZZ=a`],
    ['an escape that is not UTF-8', 'refused', (query) => `${path}?query=${percent(`${query}#`)}%C3%28`],
    ['an overlong escape', 'refused', (query) => `${path}?query=${percent(`${query}#`)}%C0%AF`],
    ['half of a surrogate pair', 'refused', (query) => `${path}?query=${percent(`${query}#`)}%ED%A0%80`],
    ['an escape of four digits', 'refused', (query) => `${path}?query=${percent(`${query}#`)}%u0041`],
    ['two queries', 'refused', (query) => `${path}?query=${percent(harmless)}&query=${percent(query)}`],
    [
      'two queries, the other first',
      'refused',
      (query) => `${path}?query=${percent(query)}&query=${percent(harmless)}`,
    ],
    [
      'two queries, one with an escaped name',
      'refused',
      (query) => `${path}?%71uery=${percent(harmless)}&query=${percent(query)}`,
    ],
    ['two equal queries', 'refused', (query) => `${path}?query=${percent(query)}&query=${percent(query)}`],
    ['a name that is escaped', 'read', (query) => `${path}?%71u%65ry=${percent(query)}`],
    ['two operation names', 'refused', (query) => `${path}?query=${percent(query)}&operationName=A&operationName=B`],
    ['a list of queries', 'refused', (query) => `${path}?query[]=${percent(query)}`],
    ['an index of queries', 'refused', (query) => `${path}?query[0]=${percent(query)}`],
    ['a query in capitals', 'refused', (query) => `${path}?QUERY=${percent(query)}`],
    ['a second question mark', 'refused', (query) => `${path}?a?query=${percent(query)}`],
    ['a question mark in the value', 'read', (query) => `${path}?a=b?c&query=${percent(query)}`],
    ['a fragment before the question mark', 'refused', (query) => `${path}#?query=${percent(query)}`],
    ['a fragment behind the query', 'refused', (query) => `${path}?query=${percent(query)}#a`],
    [
      'a fragment between two queries',
      'refused',
      (query) => `${path}?query=${percent(harmless)}#&query=${percent(query)}`,
    ],
    ['a fragment for the question mark', 'refused', (query) => `${path}#query=${percent(query)}`],
    [
      'a semicolon between two queries',
      'refused',
      (query) => `${path}?query=${percent(harmless)};query=${percent(query)}`,
    ],
    ['a semicolon before the question mark', 'refused', (query) => `${path};a?query=${percent(query)}`],
    ['plus signs for spaces', 'read', (query) => `${path}?query=${percent(query).replaceAll('%20', '+')}`],
    ['an equals sign in the value', 'read', (query) => `${path}?a=b=c&query=${percent(query)}`],
    ['empty parameters', 'read', (query) => `${path}?&&query=${percent(query)}&&`],
    ['a parameter without a value', 'read', (query) => `${path}?a&query=${percent(query)}`],
    [
      'a parameter named as a prototype',
      'read',
      (query) => `${path}?__proto__=a&constructor=b&query=${percent(query)}`,
    ],
    ['a byte order mark before the query', 'read', (query) => `${path}?query=%EF%BB%BF${percent(query)}`],
    ['an address with a host', 'read', (query) => `http://other.example${path}?query=${percent(query)}`],
    ['an escaped letter in the path', 'read', (query) => `${path.replace('q', '%71')}?query=${percent(query)}`],
    ['two slashes', 'refused', (query) => `/${path}?query=${percent(query)}`],
    ['a slash at the end', 'refused', (query) => `${path}/?query=${percent(query)}`],
    ['a step back', 'refused', (query) => `/a/..${path}?query=${percent(query)}`],
    ['an escaped question mark', 'refused', (query) => `${path}%3Fquery=${percent(query)}`],
    [
      'variables with a key twice',
      'refused',
      (query) => `${path}?query=${percent(query)}&variables=${percent('{"a":1,"a":2}')}`,
    ],
    [
      'variables with a key twice, one escaped',
      'refused',
      (query) => `${path}?query=${percent(query)}&variables=${percent('{"a":1,"\\u0061":2}')}`,
    ],
    [
      'variables with a prototype',
      'refused',
      (query) => `${path}?query=${percent(query)}&variables=${percent('{"__proto__":{"a":1}}')}`,
    ],
    [
      'variables with a byte order mark',
      'refused',
      (query) => `${path}?query=${percent(query)}&variables=%EF%BB%BF%7B%7D`,
    ],
    ['variables as a list', 'refused', (query) => `${path}?query=${percent(query)}&variables=%5B%5D`],
    [
      'variables as a JSON string',
      'refused',
      (query) => `${path}?query=${percent(query)}&variables=${percent('"{}"')}`,
    ],
    ['variables followed by another byte', 'refused', (query) => `${path}?query=${percent(query)}&variables=%7B%7D%00`],
    [
      'extensions with a key twice',
      'refused',
      (query) => `${path}?query=${percent(query)}&extensions=${percent('{"a":{"b":1,"b":2}}')}`,
    ],
  ];
}
