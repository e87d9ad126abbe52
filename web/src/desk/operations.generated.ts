// Generated from operations.graphql by `npm run compose`: change that.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The states of a correction. */
export type CorrectionState =
  /** It waits for the decision of another operator. */
  | 'PROPOSED'
  /** The money has moved. */
  | 'APPLIED'
  /** Another operator declined it. */
  | 'DECLINED'
  /** Seven days passed without a decision. */
  | 'EXPIRED';

/** A currency, by its ISO 4217 code. */
export type Currency =
  /** US dollar: 2 decimal places. */
  | 'USD'
  /** Euro: 2 decimal places. */
  | 'EUR'
  /** Chinese yuan: 2 decimal places. */
  | 'CNY';

/** A decision about another operator's correction. */
export type DecideCorrectionInput = {
  /** The correction's id. */
  readonly correctionId: string;
  /** Why, for the audit log: 5 to 500 characters. */
  readonly reason: string;
};

/** The direction of an entry. */
export type EntryDirection =
  /** Money left the account. */
  | 'DEBIT'
  /** Money arrived on the account. */
  | 'CREDIT';

/** An exact amount. More decimal places than the currency has is refused, never rounded. */
export type MoneyInput = {
  /** The amount in major units, such as `"12.50"`. */
  readonly amount: string;
  /** The amount's currency. */
  readonly currency: Currency;
};

/** A correction of an account's balance. */
export type ProposeCorrectionInput = {
  /** The id of an account of another customer. It may be frozen. */
  readonly accountId: string;
  /** Whether the account gets the amount or loses it. */
  readonly direction: EntryDirection;
  /** How much, in the account's currency. */
  readonly amount: MoneyInput;
  /** What the customer reads about it, as the transaction's description: 1 to 140 characters. */
  readonly reference: string;
  /** Why, for the audit log and for the operator who approves: 5 to 500 characters. */
  readonly reason: string;
  /** A transaction of the account that is reversed: direction and amount must undo exactly its effect on the account. */
  readonly reversesTransactionId?: string | null | undefined;
  /** 1 to 255 characters of the client's choice. A repeated request with the same key and input takes effect once. */
  readonly idempotencyKey: string;
};

/** The reasons for which a mutation can be refused. */
export type UserErrorCode =
  /** The amount is zero, negative, too large, too small to be converted, or has too many decimal places. */
  | 'INVALID_AMOUNT'
  /** The account is held in another currency. */
  | 'CURRENCY_MISMATCH'
  /** The balance does not cover the amount and the fee. */
  | 'INSUFFICIENT_FUNDS'
  /** Both accounts of the transfer are the same. */
  | 'SAME_ACCOUNT'
  /** It does not exist, or it belongs to another customer: the answer is the same. */
  | 'NOT_FOUND'
  /** The account is closed, or is being closed. */
  | 'ACCOUNT_CLOSED'
  /** An operator froze the account: it neither pays nor receives, and cannot be closed. */
  | 'ACCOUNT_FROZEN'
  /** The receiving account cannot receive this transfer at the moment. */
  | 'RECEIVER_UNAVAILABLE'
  /** The customer or the account is frozen already. */
  | 'ALREADY_FROZEN'
  /** No open freeze is of exactly this customer or account. */
  | 'NOT_FROZEN'
  /** The reason has fewer than 5 or more than 500 characters. */
  | 'INVALID_REASON'
  /** The reference of a correction is empty or longer than 140 characters. */
  | 'INVALID_REFERENCE'
  /** Only operators deposit and withdraw here, for customers. */
  | 'FUNDING_CLOSED'
  /** A correction cannot reverse this transaction: an order is to be refunded, or another correction reverses it. */
  | 'NOT_REVERSIBLE'
  /** The operator who proposed a correction cannot decide about it. */
  | 'SAME_OPERATOR'
  /** The correction is applied, declined or expired already. */
  | 'CORRECTION_DECIDED'
  /** An account still has a balance: withdraw or transfer it first. */
  | 'ACCOUNT_NOT_EMPTY'
  /** An order, a refund or a transfer is still being processed: try again in a moment. */
  | 'PAYMENTS_UNDER_WAY'
  /** The account or the order is the operator's own: another operator must act for them. Only mutations of staff refuse so. */
  | 'OWN_ACCOUNT'
  /** The idempotency key is empty or longer than 255 characters. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The quote has expired, was used, or is for another transfer: ask for a new one. */
  | 'QUOTE_EXPIRED'
  /** The mutation needs a valid `confirmation` from `confirmIdentity`. */
  | 'CONFIRMATION_REQUIRED'
  /** The caller named too many account numbers that do not exist, and can try again in an hour. */
  | 'TOO_MANY_UNKNOWN_RECEIVERS'
  /** The quantity is not between 1 and 1,000,000. */
  | 'INVALID_QUANTITY'
  /** The product's id is empty or longer than 200 characters. */
  | 'INVALID_PRODUCT'
  /** The order's status does not allow it. */
  | 'INVALID_STATE'
  /** The address, or another spelling of it, is already registered. */
  | 'EMAIL_TAKEN'
  /** The address is not valid, or is longer than 254 characters. */
  | 'INVALID_EMAIL'
  /** The password is too short, too long, very common, or contains the name in the email address. */
  | 'WEAK_PASSWORD'
  /** The address or the password is wrong. */
  | 'INVALID_CREDENTIALS'
  /** The refresh token, or the token of a link, is unknown, expired, used or revoked. */
  | 'INVALID_TOKEN'
  /** The code is wrong or has expired. */
  | 'INVALID_CODE'
  /** Too many codes or messages: the message of the error says what to do. */
  | 'TOO_MANY_ATTEMPTS'
  /** The name is empty, longer than 200 characters, or has line breaks or control characters. */
  | 'INVALID_NAME'
  /** The customer has requested archives too often today. */
  | 'TOO_MANY_EXPORTS'
  /** The archive is not ready. */
  | 'EXPORT_NOT_READY'
  /** A second factor is set: send one of its codes, too. */
  | 'SECOND_FACTOR_REQUIRED'
  /** An authenticator app is set up already. */
  | 'SECOND_FACTOR_SET'
  /** No authenticator app is set up. */
  | 'SECOND_FACTOR_NOT_SET';

export type CorrectionPartsFragment = { readonly id: string, readonly accountId: string, readonly customerId: string, readonly direction: EntryDirection, readonly reference: string, readonly reason: string, readonly reversesTransactionId: string | null, readonly state: CorrectionState, readonly needsApproval: boolean, readonly proposedBy: string, readonly proposedAt: string, readonly expiresAt: string, readonly decidedBy: string | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly transactionId: string | null, readonly amount: { readonly amount: string, readonly currency: Currency } };

export type CorrectionsQueryVariables = Exact<{
  reason: string;
  state?: CorrectionState | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CorrectionsQuery = { readonly corrections: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly accountId: string, readonly customerId: string, readonly direction: EntryDirection, readonly reference: string, readonly reason: string, readonly reversesTransactionId: string | null, readonly state: CorrectionState, readonly needsApproval: boolean, readonly proposedBy: string, readonly proposedAt: string, readonly expiresAt: string, readonly decidedBy: string | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly transactionId: string | null, readonly amount: { readonly amount: string, readonly currency: Currency } }> } | null };

export type ProposeCorrectionMutationVariables = Exact<{
  input: ProposeCorrectionInput;
}>;


export type ProposeCorrectionMutation = { readonly proposeCorrection: { readonly correction: { readonly id: string, readonly accountId: string, readonly customerId: string, readonly direction: EntryDirection, readonly reference: string, readonly reason: string, readonly reversesTransactionId: string | null, readonly state: CorrectionState, readonly needsApproval: boolean, readonly proposedBy: string, readonly proposedAt: string, readonly expiresAt: string, readonly decidedBy: string | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly transactionId: string | null, readonly amount: { readonly amount: string, readonly currency: Currency } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type ApproveCorrectionMutationVariables = Exact<{
  input: DecideCorrectionInput;
}>;


export type ApproveCorrectionMutation = { readonly approveCorrection: { readonly correction: { readonly id: string, readonly accountId: string, readonly customerId: string, readonly direction: EntryDirection, readonly reference: string, readonly reason: string, readonly reversesTransactionId: string | null, readonly state: CorrectionState, readonly needsApproval: boolean, readonly proposedBy: string, readonly proposedAt: string, readonly expiresAt: string, readonly decidedBy: string | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly transactionId: string | null, readonly amount: { readonly amount: string, readonly currency: Currency } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export type DeclineCorrectionMutationVariables = Exact<{
  input: DecideCorrectionInput;
}>;


export type DeclineCorrectionMutation = { readonly declineCorrection: { readonly correction: { readonly id: string, readonly accountId: string, readonly customerId: string, readonly direction: EntryDirection, readonly reference: string, readonly reason: string, readonly reversesTransactionId: string | null, readonly state: CorrectionState, readonly needsApproval: boolean, readonly proposedBy: string, readonly proposedAt: string, readonly expiresAt: string, readonly decidedBy: string | null, readonly decidedAt: string | null, readonly decisionReason: string | null, readonly transactionId: string | null, readonly amount: { readonly amount: string, readonly currency: Currency } } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null }> } | null };

export const CorrectionPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CorrectionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Correction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"reversesTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"needsApproval"}},{"kind":"Field","name":{"kind":"Name","value":"proposedBy"}},{"kind":"Field","name":{"kind":"Name","value":"proposedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}}]}}]} as unknown as DocumentNode<CorrectionPartsFragment, unknown>;
export const CorrectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Corrections"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reason"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"state"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CorrectionState"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"corrections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"reason"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reason"}}},{"kind":"Argument","name":{"kind":"Name","value":"state"},"value":{"kind":"Variable","name":{"kind":"Name","value":"state"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CorrectionParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CorrectionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Correction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"reversesTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"needsApproval"}},{"kind":"Field","name":{"kind":"Name","value":"proposedBy"}},{"kind":"Field","name":{"kind":"Name","value":"proposedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}}]}}]} as unknown as DocumentNode<CorrectionsQuery, CorrectionsQueryVariables>;
export const ProposeCorrectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ProposeCorrection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProposeCorrectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proposeCorrection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"correction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CorrectionParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CorrectionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Correction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"reversesTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"needsApproval"}},{"kind":"Field","name":{"kind":"Name","value":"proposedBy"}},{"kind":"Field","name":{"kind":"Name","value":"proposedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}}]}}]} as unknown as DocumentNode<ProposeCorrectionMutation, ProposeCorrectionMutationVariables>;
export const ApproveCorrectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApproveCorrection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideCorrectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approveCorrection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"correction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CorrectionParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CorrectionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Correction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"reversesTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"needsApproval"}},{"kind":"Field","name":{"kind":"Name","value":"proposedBy"}},{"kind":"Field","name":{"kind":"Name","value":"proposedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}}]}}]} as unknown as DocumentNode<ApproveCorrectionMutation, ApproveCorrectionMutationVariables>;
export const DeclineCorrectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeclineCorrection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideCorrectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"declineCorrection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"correction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CorrectionParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CorrectionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Correction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"reversesTransactionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"needsApproval"}},{"kind":"Field","name":{"kind":"Name","value":"proposedBy"}},{"kind":"Field","name":{"kind":"Name","value":"proposedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"transactionId"}}]}}]} as unknown as DocumentNode<DeclineCorrectionMutation, DeclineCorrectionMutationVariables>;