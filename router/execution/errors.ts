import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { maxErrors } from '#platform/graphql/answer-form.ts';
import type { ResponsePath } from './run.ts';

/** A step in the paths of errors. */
interface PathNode {
  readonly next: Map<string | number, PathNode>;
  isEnd: boolean;
}

/**
 * The errors of an operation. An entity's error has a path for each position, so there can be many. A response has at most
 * `maxErrors` errors, so no more of a code are kept. Of the others only the paths are kept, as prefixes in a tree.
 */
export class RunErrors {
  readonly kept: GraphQLError[] = [];
  readonly #counts = new Map<unknown, number>();
  readonly #paths: PathNode = { next: new Map(), isEnd: false };

  add(message: string, path: ResponsePath | undefined, options: Omit<GraphQLErrorOptions, 'path'>): void {
    if (path !== undefined) this.#addPath(path);
    const code = options.extensions?.['code'];
    const count = this.#counts.get(code) ?? 0;
    if (count === maxErrors) return;
    this.#counts.set(code, count + 1);
    this.kept.push(new GraphQLError(message, { ...options, ...(path === undefined ? {} : { path }) }));
  }

  /** Whether an error already explains a missing value: one path is a prefix of the other. */
  explain(path: ResponsePath): boolean {
    let node = this.#paths;
    for (const step of path) {
      if (node.isEnd) return true;
      const next = node.next.get(step);
      if (next === undefined) return false;
      node = next;
    }
    return node.isEnd || node.next.size > 0;
  }

  #addPath(path: ResponsePath): void {
    let node = this.#paths;
    for (const step of path) {
      let next = node.next.get(step);
      if (next === undefined) {
        next = { next: new Map(), isEnd: false };
        node.next.set(step, next);
      }
      node = next;
    }
    node.isEnd = true;
  }
}
