import { accountExamples } from './explorer-examples/accounts.ts';
import { orderExamples } from './explorer-examples/orders.ts';

/**
 * A first session: from registration to a paid and refunded order, its messages, and a rejected order. The explorer
 * opens each example in a tab, named after the operation. The tabs run in order without changes: the page fills in
 * required variables (`explorer-session.ts`) from fields of the same name in earlier responses.
 */
export const examples: readonly string[] = [...accountExamples, ...orderExamples];
