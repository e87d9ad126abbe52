import type { Http } from '#platform/http.ts';
import { senderOf } from './address.ts';
import type { RateLimits } from './rate-limits.ts';

/** The console signs in and up at an address of its own, where it counts as much as in the graph. */
export function limitSessions(http: Http, rateLimits: RateLimits, proxies: number): void {
  http.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.url !== '/session' || request.method !== 'POST') return;
    const sender = senderOf(request, proxies);
    await rateLimits.spend({ sender, customerId: null, cost: signInCost, signIns: 1 }, (name, value) => {
      void reply.header(name, value);
    });
  });
}

const signInCost = 100;
