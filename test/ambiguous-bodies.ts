import { type AmbiguousRequest, chunks, escaped, harmless, percent, preflighted } from './ambiguous-parts.ts';

type Body = readonly [
  what: string,
  outcome: AmbiguousRequest['outcome'],
  body: (query: string) => string | Buffer,
  headers?: readonly string[],
];

const json = (query: string) => JSON.stringify(query);

/** Request bodies with a document, and whether a server must refuse or read them. */
export const ambiguousBodies: readonly Body[] = [
  ['a query, every character of it escaped', 'read', (query) => `{"query":"${escaped(query)}"}`],
  ['two queries', 'refused', (query) => `{"query":${json(harmless)},"query":${json(query)}}`],
  ['two queries, the other first', 'refused', (query) => `{"query":${json(query)},"query":${json(harmless)}}`],
  [
    'two queries, one with an escaped name',
    'refused',
    (query) => `{"qu\\u0065ry":${json(harmless)},"query":${json(query)}}`,
  ],
  ['two operation names', 'refused', (query) => `{"query":${json(query)},"operationName":"A","operationName":"B"}`],
  ['variables with a key twice', 'refused', (query) => `{"query":${json(query)},"variables":{"a":1,"a":2}}`],
  [
    'variables with a key twice below a list',
    'refused',
    (query) => `{"query":${json(query)},"variables":{"a":[{"b":1,"b":1}]}}`,
  ],
  ['extensions with a key twice', 'refused', (query) => `{"query":${json(query)},"extensions":{"a":1,"a":2}}`],
  ['an unknown key twice', 'refused', (query) => `{"a":1,"a":2,"query":${json(query)}}`],
  ['an unknown key', 'read', (query) => `{"a:b":"c:\\"d\\\\","query":${json(query)}}`],
  ['a key with a colon and quotes', 'read', (query) => `{"\\":{}":1,"query":${json(query)}}`],
  ['a query in capitals', 'read', (query) => `{"Query":${json(harmless)},"query":${json(query)}}`],
  ['a key __proto__', 'refused', (query) => `{"__proto__":{"query":${json(query)}}}`],
  ['a key __proto__ next to a query', 'refused', (query) => `{"query":${json(query)},"__proto__":null}`],
  ['an escaped key __proto__', 'refused', (query) => `{"query":${json(query)},"__pr\\u006fto__":{}}`],
  ['the prototype of a constructor', 'refused', (query) => `{"query":${json(query)},"constructor":{"prototype":{}}}`],
  ['a byte order mark', 'refused', (query) => `\ufeff{"query":${json(query)}}`],
  [
    'bytes that are not UTF-8',
    'refused',
    (query) =>
      Buffer.concat([
        Buffer.from(`{"query":${json(query).slice(0, -1)}#`),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('"}'),
      ]),
  ],
  [
    'an overlong character',
    'refused',
    (query) =>
      Buffer.concat([
        Buffer.from(`{"query":${json(query).slice(0, -1)}#`),
        Buffer.from([0xc0, 0xaf]),
        Buffer.from('"}'),
      ]),
  ],
  ['text after the JSON', 'refused', (query) => `{"query":${json(query)}}x`],
  ['two objects', 'refused', (query) => `{"query":${json(harmless)}}{"query":${json(query)}}`],
  ['two lines of JSON', 'refused', (query) => `{"query":${json(harmless)}}\n{"query":${json(query)}}`],
  ['NUL after the JSON', 'refused', (query) => `{"query":${json(query)}}\0`],
  ['a comment in the JSON', 'refused', (query) => `{/* */"query":${json(query)}}`],
  ['a comma at the end', 'refused', (query) => `{"query":${json(query)},}`],
  ['single quotes', 'refused', (query) => `{'query':${json(query)}}`],
  ['white space around the JSON', 'read', (query) => ` \r\n\t{ "query" : ${json(query)} } \n`],
  ['a form', 'refused', (query) => `query=${percent(query)}`, ['Content-Type: application/x-www-form-urlencoded']],
  [
    'JSON called a form',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: application/x-www-form-urlencoded', preflighted],
  ],
  ['JSON called text', 'refused', (query) => `{"query":${json(query)}}`, ['Content-Type: text/plain', preflighted]],
  ['JSON called GraphQL', 'refused', (query) => `{"query":${json(query)}}`, ['Content-Type: application/graphql']],
  ['GraphQL called GraphQL', 'refused', (query) => query, ['Content-Type: application/graphql']],
  [
    'two types in one header',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: application/json, text/plain'],
  ],
  [
    'two types in two headers',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: application/json', 'Content-Type: text/plain'],
  ],
  [
    'a type in capitals',
    'read',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: APPLICATION/JSON; CHARSET=UTF-8'],
  ],
  [
    'a type with a parameter',
    'read',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: application/json; profile="a;charset=utf-16"'],
  ],
  [
    'two charsets',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: application/json; charset=utf-8; charset=utf-16'],
  ],
  [
    'another charset',
    'refused',
    (query) => Buffer.from(`{"query":${json(query)}}`, 'utf16le'),
    ['Content-Type: application/json; charset="UTF-16LE"'],
  ],
  [
    'an unknown charset',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ['Content-Type: application/json; charset=utf-8x'],
  ],
  [
    'a charset in single quotes',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ["Content-Type: application/json; charset='utf-8'"],
  ],
  ['the identity coding', 'read', (query) => `{"query":${json(query)}}`, ['Content-Encoding: Identity']],
  ['a coding', 'refused', (query) => `{"query":${json(query)}}`, ['Content-Encoding: gzip']],
  [
    'two codings',
    'refused',
    (query) => `{"query":${json(query)}}`,
    ['Content-Encoding: identity', 'Content-Encoding: GZIP'],
  ],
  ['chunks', 'read', (query) => chunks(`{"query":${json(query)}}`), ['Transfer-Encoding: chunked']],
  [
    'chunks and a length',
    'refused',
    (query) => chunks(`{"query":${json(query)}}`),
    ['Transfer-Encoding: chunked', 'Content-Length: 5'],
  ],
  [
    'two transfer codings',
    'refused',
    (query) => chunks(`{"query":${json(query)}}`),
    ['Transfer-Encoding: chunked, identity'],
  ],
];
