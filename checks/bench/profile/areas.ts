import { pathToFileURL } from 'node:url';
import { project } from '#local/command.ts';

/** A function's name and file in V8's profiles; `url` is empty for functions that are not JavaScript. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}

/** The area of an idle process. */
export const idle = 'idle';

/**
 * The area of a function: a library, a part of this project, or a part of Node. Null for a function that is not
 * JavaScript, whose time counts for its caller.
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

/** Packages that are shown as one library; the first match applies. */
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

/** The first match applies. */
const nodeParts: readonly (readonly [name: string, modules: RegExp])[] = [
  ['undici', /^internal\/deps\/undici/],
  ['Node: HTTP', /^(?:_http|http|internal\/http)/],
  ['Node: sockets', /^(?:net|internal\/(?:net|stream_base_commons))/],
  ['Node: streams and events', /^(?:stream|events|internal\/(?:streams|event_target|abort))/],
  ['Node: crypto', /^(?:crypto|internal\/crypto)/],
  ['Node: event loop', /^(?:timers|internal\/(?:timers|process\/(?:task_queues|promises)|async))/],
];

function partOfNode(url: string): string {
  const module = url.slice('node:'.length);
  return nodeParts.find(([, modules]) => modules.test(module))?.[0] ?? 'Node: other';
}

const projectUrl = pathToFileURL(`${project}/`).href;

/** The top-level folder and, except for jobs/, its subfolder. */
function ownPart(url: string): string {
  if (!url.startsWith(projectUrl)) return 'other';
  const [folder, below, ...rest] = url.slice(projectUrl.length).split('/');
  return rest.length > 0 && folder !== 'jobs' ? `${folder}/${below}` : `${folder}/`;
}
