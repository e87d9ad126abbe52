/** The most emails about orders and transfers in an hour. */
export interface MailBounds {
  /** To one customer about the customer's own orders; as many again may come from the transfers of other customers. */
  readonly perRecipient: number;
  /** About the transfers of one customer, to all receivers together. */
  readonly perSender: number;
}
