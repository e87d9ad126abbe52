/** A recorded look at a customer. */
export interface CustomerLook {
  readonly id: string;
  readonly permit: string;
}
