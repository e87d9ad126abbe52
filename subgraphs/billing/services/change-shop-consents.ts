import { randomUUIDv7 } from 'node:crypto';
import { fault } from '#platform/errors/faults.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import { refusedUnconfirmed } from '#platform/identity/confirmation.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { MoneyInput } from '#platform/money/money.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { secondsFromNow } from '#platform/postgres/expressions.ts';
import { type KeyedRequest, once, rememberKeys } from '#platform/postgres/idempotency.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { hasCharacters } from '#platform/validation/characters.ts';
import { isId } from '#platform/validation/ids.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import { type ConsentLimits, limitsOf, refusedLife } from '#billing/domain/shop-consent.ts';
import type { ShopConsentRow } from '#billing/entities/shop-consent.ts';
import { openMissingAccounts } from './find-accounts.ts';
import type { Shop } from './find-shop.ts';
import { lockAccounts } from './lock-accounts.ts';
import { findShopConsent, openConsentsOf } from './shop-consents.ts';

export interface ConsentRequest {
  readonly shopId: string;
  /** As the customer has seen it. */
  readonly shopName: string;
  readonly orderLimit: MoneyInput;
  readonly monthLimit: MoneyInput;
  readonly expiresInDays?: number | null | undefined;
  readonly confirmation?: string | null | undefined;
  readonly idempotencyKey: string;
}

const mostOpen = 50;
const longestName = 100;
const dayS = 86_400;

/**
 * Lets a shop debit one of the viewer's accounts, within limits. It replaces an open consent for the same shop and
 * currency.
 *
 * @throws SERVICE_UNAVAILABLE where the user subgraph, which knows the shop, does not answer.
 */
export async function giveShopConsent(context: BillingContext, input: ConsentRequest) {
  const { em, identity, isConfirmed } = context;
  const { idempotencyKey: key, confirmation, ...given } = input;
  const customerId = viewerOf(identity).id;
  // Long texts are refused before the input is hashed.
  if (!isId(given.shopId) || !hasCharacters(given.shopName, 1, longestName)) return noShop;
  const content = { ...given, shopId: given.shopId.toLowerCase() };
  const request = { customerId, mutation: 'giveShopConsent', key, input: content };
  const find = async (id: string) => (await findShopConsent(em, customerId, id))!;
  return await once(em, request, find, async () => {
    const limits = limitsOf(content.orderLimit, content.monthLimit);
    const days = content.expiresInDays ?? null;
    const invalid = together([isRefusal(limits) ? limits : null, refusedLife(days)]);
    if (invalid !== null || isRefusal(limits)) return invalid!;
    if (!(await isConfirmed(confirmation))) return refusedUnconfirmed();
    const shop = await registeredShop(context, content);
    if (shop === null) return noShop;
    await openMissingAccounts(em, customerId);
    return await em.transactional((transaction) => give(transaction, request, { ...limits, shop, days }));
  });
}

const noShop = refuse('NOT_FOUND', 'No shop has this id and name.', ['input', 'shopId']);

/** The shop, if it has the name that the customer has seen. */
async function registeredShop(
  { identity, findShop, log }: BillingContext,
  { shopId, shopName }: Pick<ConsentRequest, 'shopId' | 'shopName'>,
): Promise<Shop | null> {
  try {
    const shop = await findShop(identity, shopId);
    return shop?.name === shopName ? shop : null;
  } catch (error) {
    log.error({ reason: errorText(error) }, 'shop lookup failed');
    throw fault('SERVICE_UNAVAILABLE', "The shop can't be checked right now. Try again shortly.");
  }
}

interface NewConsent extends ConsentLimits {
  readonly shop: Shop;
  readonly days: number | null;
}

async function give(
  em: Manager,
  request: KeyedRequest,
  { shop, days, ...limits }: NewConsent,
): Promise<ShopConsentRow | Refusal<'ACCOUNT_CLOSED' | 'TOO_MANY_CONSENTS'>> {
  const { customerId } = request;
  const { currency } = limits;
  const { accounts } = await lockAccounts(em, { customerIds: [customerId] });
  if (!accounts.some((account) => account.currency === currency && account.status === 'OPEN')) {
    return refuse('ACCOUNT_CLOSED', 'Your accounts are closed or are being closed.');
  }
  await openConsentsOf(em, customerId).where('shopId', '=', shop.id).where('currency', '=', currency).execute();
  if (await hasTooMany(em, customerId)) {
    return refuse('TOO_MANY_CONSENTS', `You can authorise ${mostOpen} shops. Withdraw a consent first.`);
  }
  const id = randomUUIDv7();
  const expiresAt = days === null ? null : secondsFromNow(days * dayS);
  await tables(em)
    .insertInto('shop_consents')
    .values({ id, customerId, shopId: shop.id, shopName: shop.name, ...limits, expiresAt })
    .execute();
  await rememberKeys(em, [{ request, resultId: id }]);
  return (await findShopConsent(em, customerId, id))!;
}

/** An expired consent counts until it is withdrawn. */
async function hasTooMany(em: Manager, customerId: string): Promise<boolean> {
  const open = await tables(em)
    .selectFrom('shop_consents')
    .select('id')
    .where('customerId', '=', customerId)
    .where('withdrawnAt', 'is', null)
    .limit(mostOpen)
    .execute();
  return open.length >= mostOpen;
}

/** Withdraws one of the viewer's consents: no order is debited with it from now on. Withdrawing it again is no error. */
export async function withdrawShopConsent(
  { em, identity }: BillingContext,
  { consentId }: { readonly consentId: string },
): Promise<ShopConsentRow | Refusal<'NOT_FOUND'>> {
  const customerId = viewerOf(identity).id;
  return await em.transactional(async (transaction) => {
    const consent = await findShopConsent(transaction, customerId, consentId);
    if (consent === null) {
      return refuse('NOT_FOUND', 'This consent does not exist or is not yours.', ['input', 'consentId']);
    }
    // A settlement decides before or after the withdrawal: it locks the same account.
    await lockAccounts(transaction, [{ customerId, currency: consent.currency }]);
    await openConsentsOf(transaction, customerId).where('id', '=', consent.id).execute();
    return (await findShopConsent(transaction, customerId, consent.id))!;
  });
}
