import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import { type AnswerHead, formAnswer } from '#platform/graphql/answer-form.ts';
import { recordOutcome } from '#platform/telemetry/requests.ts';
import type { Admission, Attempts, ResolvedOperation } from './admission.ts';
import type { RouterContext } from './context.ts';
import { retryAfter } from './retry-after.ts';

/** A response that is about to be sent; the rules complete its errors, status and headers. */
export interface PendingAnswer {
  readonly result: FormattedExecutionResult & { errors?: FormattedExecutionResult['errors'] };
  readonly http: AnswerHead;
  readonly accept: string | undefined;
  readonly context: RouterContext;
  /** Undefined where the operation was not admitted. */
  readonly attempts: Attempts | undefined;
}

/**
 * What the router does with an operation besides executing it. Apollo Server (by `rulesPlugin`) and the short way
 * (short-way.ts) apply the same rules.
 */
export interface Rules {
  /** Applies before the operation is planned or executed. @throws the fault that refuses it. */
  readonly admit: (resolved: ResolvedOperation) => Promise<Attempts>;
  /** Applies to every response, those with faults included. */
  readonly finish: (answer: PendingAnswer) => Promise<void>;
}

export function createRules({ admit, refund }: Admission): Rules {
  return {
    admit,
    finish: async ({ result, http, accept, context, attempts }) => {
      recordOutcome(result);
      if (attempts !== undefined && attempts.length > 0) await refund(attempts, result.data ?? {}, context);
      formAnswer(result, http, accept);
      retryAfter(result.errors ?? [], http.headers);
    },
  };
}

/** Applies the rules to the operations that Apollo Server executes. */
export function rulesPlugin({ admit, finish }: Rules): ApolloServerPlugin<RouterContext> {
  return {
    requestDidStart: async () => {
      let attempts: Attempts | undefined;
      return {
        didResolveOperation: async ({ operation, document, request, response, contextValue: context }) => {
          const { headers } = response.http;
          attempts = await admit({ operation, document, request, headers, context });
        },
        willSendResponse: async ({ request, response: { body, http }, contextValue: context }) => {
          if (body.kind !== 'single') return;
          const accept = request.http?.headers.get('accept');
          await finish({ result: body.singleResult, http, accept, context, attempts });
        },
      };
    },
  };
}
