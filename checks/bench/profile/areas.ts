import { pathToFileURL } from 'node:url';
import { project } from '#local/command.ts';

/** Where a function is, as V8's profiles say it: `url` is empty for what is not JavaScript. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}

/** Nothing was to be done. */
export const idle = 'idle';

/**
 * What a function belongs to, for people to read: a library, a part of this project, or of Node. Null for what is not
 * JavaScript, which counts as its caller's.
 */
export function areaOf({ functionName, url }: CallFrame): string | null {
  if (url === '') return withoutUrl[functionName] ?? null;
  if (url.startsWith('node:')) return partOfNode(url);
  const library = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (library !== undefined) return families.find(([, names]) => names.test(library))?.[0] ?? library;
  return ownPart(url);
}

const withoutUrl: Readonly<Record<string, string>> = {
  '(idle)': idle,
  '(program)': 'Node, outside of JavaScript',
  '(root)': 'Node, outside of JavaScript',
  '(garbage collector)': 'garbage collection',
};

/** Libraries that are one to whoever reads: the first that fits. */
const families: readonly (readonly [name: string, names: RegExp])[] = [
  ['graphql-js', /^graphql$/],
  ['graphql-shield', /^graphql-(?:shield|middleware)$/],
  ['@apollo/server', /^@apollo\/(?:server|utils\.|usage-)/],
  ['@apollo/gateway', /^@apollo\/(?:gateway|query-|federation-|composition|subgraph)/],
  ['fastify', /^(?:fastify$|@fastify\/|find-my-way|avvio|light-my-request|fast-|secure-json-parse)/],
  ['pg', /^(?:pg$|pg-|postgres-)/],
  ['MikroORM and Kysely', /^(?:@mikro-orm\/|kysely$)/],
  ['BullMQ', /^(?:bullmq|msgpackr|ioredis)/],
];

/** The first that fits. */
const nodeParts: readonly (readonly [name: string, modules: RegExp])[] = [
  ['undici', /^internal\/deps\/undici/],
  ['Node: HTTP', /^(?:_http|http|internal\/http)/],
  ['Node: sockets', /^(?:net|internal\/(?:net|stream_base_commons))/],
  ['Node: streams and events', /^(?:stream|events|internal\/(?:streams|event_target|abort))/],
  ['Node: crypto', /^(?:crypto|internal\/crypto)/],
  ['Node: turns of the loop', /^(?:timers|internal\/(?:timers|process\/(?:task_queues|promises)|async))/],
];

function partOfNode(url: string): string {
  const module = url.slice('node:'.length);
  return nodeParts.find(([, modules]) => modules.test(module))?.[0] ?? 'Node: other';
}

const projectUrl = pathToFileURL(`${project}/`).href;

/** The folder, and for what has several subjects the one below. */
function ownPart(url: string): string {
  if (!url.startsWith(projectUrl)) return 'other';
  const [folder, below, ...rest] = url.slice(projectUrl.length).split('/');
  return rest.length > 0 && folder !== 'jobs' ? `${folder}/${below}` : `${folder}/`;
}
