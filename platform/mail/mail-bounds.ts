/** The most emails about orders and transfers in an hour. */
export interface MailBounds {
  /** To one customer. */
  readonly perRecipient: number;
  /** That the transfers of one customer cause. */
  readonly perSender: number;
}
