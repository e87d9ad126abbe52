/** A secret that the server has just made. It is shown once. */
export interface NewSecret {
  /** The name of the API client. */
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
