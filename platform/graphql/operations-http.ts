import { Readable } from 'node:stream';
import { callerOf } from '../http/callers.ts';
import type { Http } from '../http/http.ts';
import {
  type AnswerLine,
  type AnswerOperation,
  type CalledOperation,
  operationsPath,
  readOperations,
} from './operations.ts';

/** Serves what the router asks (operations.ts). */
export function serveOperations(http: Http, answer: AnswerOperation): void {
  http.post(operationsPath, async (request, reply) => {
    const caller = callerOf(request, reply);
    const operations = readOperations(request.body).map((operation) => ({ ...operation, caller }));
    return await reply.header('content-type', 'application/x-ndjson').send(answerLines(operations, answer));
  });
}

/** The lines that are there at one moment are sent together. */
function answerLines(operations: readonly CalledOperation[], answer: AnswerOperation): Readable {
  const stream = new Readable({ read: () => undefined });
  let open = operations.length;
  let lines = '';

  function send(): void {
    stream.push(lines);
    lines = '';
    if (open === 0) stream.push(null);
  }

  async function add(operation: CalledOperation, place: number): Promise<void> {
    const line: AnswerLine = [place, await answer(operation)];
    if (lines === '') setImmediate(send);
    lines += `${JSON.stringify(line)}\n`;
    open -= 1;
  }

  for (const [place, operation] of operations.entries()) void add(operation, place);
  if (open === 0) stream.push(null);
  return stream;
}
