/** Whom a message is for. */
export interface Addressee {
  readonly email: string;
  readonly name: string;
}

/** What is known of how to reach somebody; neither where they are gone. */
export interface KnownContact {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Null where the customer is gone, and gets nothing any more. */
export function addresseeOf({ email, name }: KnownContact): Addressee | null {
  return email == null || name == null ? null : { email, name };
}
