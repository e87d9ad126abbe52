import type { EventEmitter } from 'node:events';
import { styleText } from 'node:util';
import { showJson } from './show-json.ts';
import { shortenSecrets } from './shorten-secrets.ts';

/** The parts of newman's events that the report shows. */
interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: { readonly toString: () => string };
    readonly headers: { readonly get: (name: string) => string | undefined };
    readonly body?: {
      readonly graphql?: { readonly query: string; readonly variables?: string };
      /** A REST request has JSON. */
      readonly raw?: string;
    };
  };
  readonly response?: {
    readonly code: number;
    readonly status: string;
    readonly responseTime: number;
    readonly text: () => string;
  };
}

interface Summary {
  readonly run: {
    readonly stats: Readonly<Record<'requests' | 'assertions', { readonly total: number }>>;
    readonly timings: { readonly started: number; readonly completed: number };
  };
}

type Colour = Parameters<typeof styleText>[0];

/**
 * Reports a run of newman as it happens: each request's operation and variables, its answer, and its assertions.
 * Passwords and tokens are shortened. Uses colours if `output` is a terminal.
 */
export function reportRun(run: EventEmitter, output: NodeJS.WriteStream): void {
  const colour = (how: Colour, text: string) => styleText(how, text, { stream: output });
  const write = (depth: number, text: string) => {
    output.write(`${text.replaceAll(/^(?=.)/gm, '  '.repeat(depth))}\n`);
  };
  let failures = 0;
  const fail = (label: string, error: Error) => {
    failures += 1;
    write(1, colour('red', `✗ ${label}: ${error.message}`));
  };

  run.on('beforeItem', (_error: null, { item }: { item: { name: string } }) => {
    write(0, `\n${colour('bold', item.name)}`);
  });
  run.on('request', (error: Error | null, { request, response }: Exchange) => {
    const authorization = request.headers.get('authorization');
    write(1, colour('cyan', `${request.method} ${request.url.toString().replace(/([?&]key=)[^&]+/, '$1…')}`));
    if (authorization !== undefined) write(2, colour('dim', `authorization: ${shortenSecrets(authorization)}`));
    for (const name of ['idempotency-key', 'prefer']) {
      const value = request.headers.get(name);
      if (value !== undefined) write(2, colour('dim', `${name}: ${value}`));
    }
    const { graphql, raw } = request.body ?? {};
    if (raw !== undefined) write(2, showBody(raw));
    write(2, graphql?.query ?? '');
    const variables = graphql?.variables ?? '{}';
    if (variables !== '{}') write(2, showBody(variables));
    if (error !== null) fail('no answer (is the system running at this address?)', error);
    if (response === undefined) return;
    write(1, colour('cyan', `${response.code} ${response.status}, ${response.responseTime} ms`));
    write(2, showBody(response.text()));
  });
  run.on('assertion', (error: Error | null, { assertion }: { assertion: string }) => {
    if (error === null) write(1, colour('green', `✓ ${assertion}`));
    else fail(assertion, error);
  });
  run.on('exception', (_error: null, { error }: { error: Error }) => fail('a script of the collection failed', error));

  run.on('done', (error: Error | null, { run: { stats, timings } }: Summary) => {
    if (error !== null) return;
    const durationS = ((timings.completed - timings.started) / 1000).toFixed(1);
    const counts = `Requests: ${stats.requests.total}, assertions: ${stats.assertions.total}, failures: ${failures}`;
    write(0, `\n${colour(failures === 0 ? 'green' : 'red', `${counts}, in ${durationS} s`)}`);
  });
}

/** Of a text that is not JSON, such as a page. */
const longestText = 500;

function showBody(text: string): string {
  try {
    return showJson(shortenSecrets(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError) return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
    throw error;
  }
}
