import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { defer, firstValueFrom } from 'rxjs';

type Result = ApolloLink.Result;

/**
 * A query that is asked again while it is on its way is sent again when its answer has come, once for all who have asked
 * meanwhile: that first answer may be from before what they were told of, and must not come after theirs.
 */
export function inOrder(): ApolloLink {
  const onTheirWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<Result>>();

  return new ApolloLink((operation, forward) => {
    if (operation.operationType !== OperationTypeNode.QUERY) return forward(operation);
    const key = JSON.stringify([operation.operationName, operation.variables]);

    const send = async (): Promise<Result> => {
      const answer = firstValueFrom(forward(operation));
      const over = Promise.allSettled([answer]).then(() => void onTheirWay.delete(key));
      onTheirWay.set(key, over);
      return await answer;
    };
    const sendAfter = async (over: Promise<void>): Promise<Result> => {
      await over;
      waiting.delete(key);
      return await send();
    };

    return defer(async () => {
      const over = onTheirWay.get(key);
      if (over !== undefined && !waiting.has(key)) waiting.set(key, sendAfter(over));
      return await (waiting.get(key) ?? send());
    });
  });
}
