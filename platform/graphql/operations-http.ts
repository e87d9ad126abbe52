import { Readable } from 'node:stream';
import type { FormattedExecutionResult } from 'graphql';
import { callerOf } from '../http/callers.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../telemetry/log.ts';
import { observeOperation } from '../telemetry/requests.ts';
import { boundErrors } from './answer-form.ts';
import { type AnswerLine, operationsPath, readOperations } from './operations.ts';
import type { ExecuteRequest } from './pipeline.ts';

type Answer = () => Promise<FormattedExecutionResult>;

/** Serves the router's protocol (operations.ts). */
export function serveOperations(http: Http, executeRequest: ExecuteRequest, log: Log): void {
  http.post(operationsPath, async (request, reply) => {
    const caller = callerOf(request, reply);
    const answers = readOperations(request.body).map(({ client, ...operation }): Answer => {
      const execute = async () => await executeRequest({ ...operation, caller: { ...caller, ...client } });
      return async () => await observeOperation(operation.traceparent, execute, log);
    });
    return await reply.header('content-type', 'application/x-ndjson').send(answerLines(answers));
  });
}

function bounded({ errors, ...result }: FormattedExecutionResult): FormattedExecutionResult {
  return errors === undefined ? result : { ...result, errors: boundErrors(errors) };
}

/** Starts all answers. Sends the lines that are ready at one moment together. */
function answerLines(answers: readonly Answer[]): Readable {
  const stream = new Readable({ read: () => undefined });
  let open = answers.length;
  let lines = '';

  function send(): void {
    stream.push(lines);
    lines = '';
    if (open === 0) stream.push(null);
  }

  async function add(answer: Answer, index: number): Promise<void> {
    const line: AnswerLine = [index, bounded(await answer())];
    if (lines === '') setImmediate(send);
    lines += `${JSON.stringify(line)}\n`;
    open -= 1;
  }

  for (const [index, answer] of answers.entries()) void add(answer, index);
  if (open === 0) stream.push(null);
  return stream;
}
