/** The most emails about orders and transfers in an hour. */
export interface MailBounds {
  /** To one customer: about the customer's own orders, and as many that other customers cause. */
  readonly perRecipient: number;
  /** That the transfers of one customer cause. */
  readonly perSender: number;
}
