import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { defer, firstValueFrom } from 'rxjs';

type Result = ApolloLink.Result;

/**
 * Keeps the answers of equal queries in order. A query that is requested again while it is under way is sent again
 * after its answer, once for all requests that came meanwhile. The first answer can be older than the update that
 * caused the second request, so it must not arrive last.
 */
export function inOrder(): ApolloLink {
  const underWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<Result>>();

  return new ApolloLink((operation, forward) => {
    if (operation.operationType !== OperationTypeNode.QUERY) return forward(operation);
    const key = JSON.stringify([operation.operationName, operation.variables]);

    const send = async (): Promise<Result> => {
      const answer = firstValueFrom(forward(operation));
      const done = Promise.allSettled([answer]).then(() => void underWay.delete(key));
      underWay.set(key, done);
      return await answer;
    };
    const sendAfter = async (done: Promise<void>): Promise<Result> => {
      await done;
      waiting.delete(key);
      return await send();
    };

    return defer(async () => {
      const done = underWay.get(key);
      if (done !== undefined && !waiting.has(key)) waiting.set(key, sendAfter(done));
      return await (waiting.get(key) ?? send());
    });
  });
}
