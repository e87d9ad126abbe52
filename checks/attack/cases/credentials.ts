import { randomUUID } from 'node:crypto';
import { type Broker, openBroker } from '#jobs/broker.ts';
import type { QueueContract } from '#jobs/queues/contract.ts';
import type { OrderItem } from '#jobs/queues/order-items.ts';
import { refundOrdersQueue } from '#jobs/workers/refund-orders.ts';
import { settleOrdersQueue } from '#jobs/workers/settle-orders.ts';
import { dispatch } from '#jobs/worker.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { Case } from '../case.ts';
import type { Answer } from '../client.ts';
import type { World } from '../world.ts';

/** An intruder with the router's credentials for the queue server can neither add nor read jobs of other queues. */

export const credentialCases: readonly Case[] = [
  withCredentials('forge a refund of 1,000,000.00 for an order of 1.00', refundOrdersQueue, async (broker, world) => {
    const item = { ...orderOf(world), orderId: world.order, totalMinor: 100_000_000n };
    await broker.enqueue([dispatch(refundOrdersQueue, [item])], null);
  }),
  withCredentials('forge a debit of another customer', settleOrdersQueue, async (broker, world) => {
    await broker.enqueue([dispatch(settleOrdersQueue, [orderOf(world)])], null);
  }),
  withCredentials('read the jobs of a queue', settleOrdersQueue, async (broker) => {
    await broker.states([settleOrdersQueue.name]);
  }),
];

function orderOf({ ada: { id, email } }: World): OrderItem {
  return {
    outboxId: '1',
    orderId: randomUUID(),
    customerId: id,
    email,
    name: 'Ada',
    productId: 'tea',
    quantity: 1,
    currency: 'USD',
    totalMinor: 100n,
  };
}

/** @param act an attempt on a queue. The case's answer is 403 if the server refuses it, and 202 if it succeeds. */
function withCredentials(
  title: string,
  contract: QueueContract,
  act: (broker: Broker, world: World) => Promise<void>,
): Case {
  return {
    title: `with the router's credentials, ${title}`,
    request: async (world) => {
      if (world.queueServer === null) throw new Error("the router's credentials are not known");
      const signal = AbortSignal.timeout(timeoutMs);
      const broker = await openBroker(world.queueServer, [contract], createLog('attack', 'silent'), signal);
      try {
        await act(broker, world);
        return answerOf(202);
      } catch (error) {
        if (/permission|NOPERM/.test(String(error))) return answerOf(403);
        throw error;
      } finally {
        await broker.close();
      }
    },
    expected: { status: 403 },
  };
}

const timeoutMs = 10_000;

const answerOf = (status: number): Answer => ({ status, type: '', text: '', data: null, codes: [], userErrors: [] });
