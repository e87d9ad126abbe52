import { order } from './fragments.ts';

/** The route of an order, and requests that wait for its decision, read it with this document. */
export const readOrder = `query RestOrder($id: ID!) { order(id: $id) { ...Order } }
${order}`;
