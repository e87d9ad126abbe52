// Generated from the payloads of webhooks in the AsyncAPI document by `npm run compose`: change those.

/** An order was paid. */
export interface OrderPaid {
  readonly type: 'order.paid';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly orderId: string;
    readonly productId: string;
    readonly quantity: number;
    readonly total: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
    /** The consent of the customer, if a shop placed the order. */
    readonly consentId?: string;
  };
}

/** An order was rejected. Nothing was debited. */
export interface OrderRejected {
  readonly type: 'order.rejected';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly orderId: string;
    readonly productId: string;
    readonly quantity: number;
    readonly total: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
    /** The consent of the customer, if a shop placed the order. */
    readonly consentId?: string;
    /** An OrderRejectionReason of the GraphQL schema; for the owner of a shop, a ShopRejectionReason. */
    readonly rejectionReason: string;
  };
}

/** An order was cancelled before it was paid. Nothing was debited. */
export interface OrderCancelled {
  readonly type: 'order.cancelled';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly orderId: string;
    readonly productId: string;
    readonly quantity: number;
    readonly total: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
    /** The consent of the customer, if a shop placed the order. */
    readonly consentId?: string;
  };
}

/** An order was refunded, in whole or in part. */
export interface OrderRefunded {
  readonly type: 'order.refunded';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly orderId: string;
    readonly productId: string;
    readonly quantity: number;
    readonly total: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
    /** The consent of the customer, if a shop placed the order. */
    readonly consentId?: string;
    /** The amount of this refund. */
    readonly refund: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
    /** Whether a part of the total is not refunded yet. */
    readonly isPartial: boolean;
    /** Whether the account is closed and the service holds the money. Absent for the owner of a shop. */
    readonly isHeld?: boolean;
  };
}

/** Another customer sent money. */
export interface TransferReceived {
  readonly type: 'transfer.received';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly transactionId: string;
    /** What the receiver got, in the currency of the receiver’s account. */
    readonly received: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
  };
}

/** The customer sent money to another customer. */
export interface TransferSent {
  readonly type: 'transfer.sent';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly transactionId: string;
    /** What the receiver got, in the currency of the receiver’s account. */
    readonly received: {
      /** A decimal number, such as 12.50. */
      readonly amount: string;
      readonly currency: 'USD' | 'EUR' | 'CNY';
    };
  };
}

/** The customer asked for a test event. No webhook can subscribe to it. */
export interface WebhookTest {
  readonly type: 'webhook.test';
  /** When the event was recorded. */
  readonly timestamp: string;
  /** The version of the payload. It only gets more fields. */
  readonly version: 1;
  /** The position among the events of the object. */
  readonly sequence: number;
  readonly data: {
    readonly endpointId: string;
  };
}

/** Each event that a webhook can get. Its `type` says which. */
export type WebhookEvent =
  | OrderPaid
  | OrderRejected
  | OrderCancelled
  | OrderRefunded
  | TransferReceived
  | TransferSent
  | WebhookTest;
