import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { sharedChromium } from './chromium.ts';
import { type Person, personOf } from './person.ts';

export interface Given {
  readonly browser: Browser;
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** The address of the console. */
  readonly origin: string;
  readonly ada: Customer;
  /** Ada at her browser, signed in. */
  readonly person: Person;
  readonly page: Page;
}

/** Gives each test of a file a new signed-in customer with her own browser context, and expects no browser errors. */
export function beforeEachTest(assign: (given: Given) => void): void {
  let browser: Browser;
  let url: string;
  let origin: string;
  let person: Person;

  beforeAll(async () => {
    [
      browser,
      {
        url,
        origins: { router: origin },
      },
    ] = await Promise.all([sharedChromium(), sharedSystem()]);
  }, 60_000);

  afterAll(async () => await browser.close());

  beforeEach(async () => {
    const ada = await registerCustomer(url);
    person = await personOf(browser, origin, ada);
    assign({ browser, url, origin, ada, person, page: person.page });
  });

  afterEach(async () => {
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });
}

/** Places an order of the customer, and waits until it is settled and the customer has the message. */
export async function ordered(
  customer: Customer,
  productId: string,
  unitPrice: string,
  status: 'PAID' | 'REJECTED',
): Promise<string> {
  const { order } = await customer.placeOrder({ productId, unitPrice });
  await settled(customer, order!.id, status);
  return order!.id;
}
