/** What a request needs to be let in. Certificate and key are PEM. */
export interface Credential {
  readonly authorization?: string;
  readonly cert?: Buffer | string;
  readonly key?: Buffer | string;
}

/** A source of credentials, shared by all requests of a run. */
export interface Credentials {
  /** The credential to use now; requests that ask at the same time share one answer. */
  current(signal: AbortSignal): Promise<Credential>;
  /** Called when the server refused `used` (401): whether another one is worth a second try. */
  renew(used: Credential, signal: AbortSignal): Promise<boolean>;
}
