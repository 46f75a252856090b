/** Every way in which a request is refused, and its HTTP status. */
export const REFUSALS = {
  'bad-request': 400,
  unsigned: 401,
  'wrong-signature': 401,
  'other-boot': 401,
  stale: 401,
  replayed: 401,
  'not-found': 404,
  'wrong-method': 405,
  'too-slow': 408,
  'too-large': 413,
  'headers-too-large': 431,
  busy: 429,
  failed: 500,
  unsupported: 501,
  'no-key': 503,
} as const;

export type RefusalName = keyof typeof REFUSALS;

/** A request is not answered: why, as a word for programs and a sentence for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: RefusalName;
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: RefusalName, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.error = error;
    this.headers = headers;
  }

  get status(): number {
    return REFUSALS[this.error];
  }
}
