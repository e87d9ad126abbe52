/** The objects of the REST API. Each is a fragment, and a schema of the OpenAPI document with the same name. */

export const money = `fragment Money on Money { amount currency }`;

export const shop = `fragment Shop on Shop { id name }`;

export const user = `fragment User on User { id email emailProved pendingEmail name createdAt }`;

export const session = `fragment Session on Session { id device place createdAt lastUsedAt current }`;

export const tokens = `fragment Tokens on AuthPayload {
  accessToken refreshToken expiresAt user { ...User } challenge { token expiresAt means }
}
${user}`;

export const account = `fragment Account on Account { id number currency status frozen balance { ...Money } }
${money}`;

const transactionFields = `fragment Transaction on Transaction {
  id receiptNumber kind amount { ...Money } fee { ...Money } received { ...Money } rate
  from { id } to { id } fromAccountNumber toAccountNumber order { id } description createdAt
}`;

export const transaction = `${transactionFields}
${money}`;

export const entry = `fragment Entry on Entry {
  id sequence direction amount { ...Money } balanceAfter { ...Money } createdAt transaction { ...Transaction }
}
${transactionFields}
${money}`;

export const quote = `fragment Quote on TransferQuote {
  id amount { ...Money } fee { ...Money } total { ...Money } received { ...Money } rate expiresAt
}
${money}`;

export const order = `fragment Order on Order {
  id productId unitPrice { ...Money } quantity total { ...Money } refunded { ...Money } status rejectionReason placedAt settledAt
  shop { ...Shop } shopConsentId
}
${shop}
${money}`;

export const notification = `fragment Notification on Notification {
  id kind recipient subject body order { id } readAt createdAt
}`;

export const webhookEndpoint = `fragment WebhookEndpoint on WebhookEndpoint {
  id url eventTypes description status disabledAt disabledReason oldSecretEndsAt createdAt
}`;

export const webhookDelivery = `fragment WebhookDelivery on WebhookDelivery {
  id eventId eventType status nextAttemptAt createdAt attempts { id status fault durationMs excerpt createdAt }
}`;

export const shopConsent = `fragment ShopConsent on ShopConsent {
  id shop { ...Shop } state orderLimit { ...Money } monthLimit { ...Money } spentThisMonth { ...Money }
  givenAt expiresAt withdrawnAt
}
${shop}
${money}`;

export const shopOrder = `fragment ShopOrder on ShopOrder {
  id consentId productId unitPrice { ...Money } quantity total { ...Money } status rejectionReason placedAt settledAt
}
${money}`;

/** The members that say what became of a mutation. */
export const userErrors = 'userErrors { code message field retryAfterS }';

export const pageInfo = 'pageInfo { hasNextPage endCursor }';
