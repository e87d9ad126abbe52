/** The recipient of a message. */
export interface Addressee {
  readonly email: string;
  readonly name: string;
}

/** A customer's contact. Both fields are null for a deleted customer. */
export interface KnownContact {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Returns null for a deleted customer, who gets no messages. */
export function addresseeOf({ email, name }: KnownContact): Addressee | null {
  return email == null || name == null ? null : { email, name };
}
