import { everyPortSetting } from '#local/parts.ts';
import { startParts } from '../../tools/system/own-system.ts';
import { registerCustomer } from '../customer.ts';
import { freePorts } from '../free-ports.ts';

/**
 * Runs the subgraph of the guide, in a copy of the project that has it:
 * `node test/guides/run-subgraph.ts <URL of a server's administrator> <prefix of databases>`. Starts it with the router
 * and the two old subgraphs that the queries need. Prints the results as JSON.
 */
const [, , postgresUrl = '', prefix = ''] = process.argv;
const ports = await freePorts(everyPortSetting.length);
const settings = Object.fromEntries(everyPortSetting.map((setting, index) => [setting, String(ports[index])]));
const names = ['user', 'order', 'review', 'router'] as Parameters<typeof startParts>[0]['names'] & object;
const system = await startParts({ postgresUrl, prefix, firstPort: ports[0]!, settings, names });
try {
  const ada = await registerCustomer(system.url);
  const { order } = await ada.placeOrder({ productId: 'book', unitPrice: '1.00' });
  const review = async (stars: number) =>
    await ada.request<{ reviewOrder: { review: unknown; userErrors: { code: string }[] } }>(
      `mutation ($input: ReviewOrderInput!) {
        reviewOrder(input: $input) { review { order { productId } stars } userErrors { code } }
      }`,
      { input: { orderId: order!.id, stars } },
    );
  const { reviewOrder: refused } = await review(6);
  const { reviewOrder: accepted } = await review(5);
  const { viewer } = await ada.request<{ viewer: { orders: { nodes: unknown[] } } }>(
    '{ viewer { orders { nodes { productId review { stars } } } } }',
  );
  const refusals = refused.userErrors.map(({ code }) => code);
  const printed = { refused: refusals, reviewed: accepted.review, found: viewer.orders.nodes };
  process.stdout.write(`${JSON.stringify(printed)}\n`);
} finally {
  await system.stop();
}
