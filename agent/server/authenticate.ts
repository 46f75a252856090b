import {SIGNATURE_WINDOW_MS, isSignedBy, readAuthorization} from '../../src/protocol/signature.ts';
import type {Authorization, Claims} from '../../src/protocol/signature.ts';
import type {KeySource} from '../config/key-file.ts';
import type {Clock} from './clock.ts';
import {Nonces} from './nonces.ts';
import {Refusal} from './refusal.ts';

/** What of a request is looked at. */
export interface Unproven {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly authorization: string | undefined;
}

export interface AuthenticatorOptions {
  readonly keys: KeySource;
  readonly node: string;
  readonly boot: string;
  readonly clock: Clock;
  /** Nonces remembered at a time. */
  readonly nonces: number;
}

/** Stands in for a header that is absent or broken, so that it costs the same work as a wrong one. */
const NOBODY: Authorization = {
  claims: {boot: '00000000', time: 0, nonce: '0'.repeat(32), body: '0'.repeat(64)},
  mac: '0'.repeat(64),
};

/** Decides who may ask: whoever has the key, for this node, this boot, this time, this request, once. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #nonces: Nonces;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    // A request may be made a window ahead of the clock and is valid until a window after that.
    this.#nonces = new Nonces(options.nonces, 2 * SIGNATURE_WINDOW_MS);
  }

  /**
   * What the request claims, once it is proven. Throws a {@link Refusal}: that a request is wrong is told to everybody, and that
   * this agent lacks a key itself; in what it is wrong, only to who has the key.
   */
  prove({method, target, authorization}: Unproven): Claims {
    const {node, boot, clock} = this.#options;
    const {keys, problem} = this.#options.keys();
    const given = authorization === undefined ? undefined : readAuthorization(authorization);
    const signed = isSignedBy(keys, {method, target, node}, given ?? NOBODY);
    if (problem !== undefined) throw new Refusal('no-key', problem);
    if (!given)
      throw new Refusal('unsigned', 'this request carries no signature that this agent understands');
    if (!signed)
      throw new Refusal(
        'wrong-signature',
        'the signature was made with another key, for another node or another request',
      );
    const {claims} = given;
    if (claims.boot !== boot)
      throw new Refusal(
        'other-boot',
        'the request was signed for an earlier start of this agent: ask for /v1/healthz anew',
      );
    const now = clock();
    if (Math.abs(claims.time - now) > SIGNATURE_WINDOW_MS)
      throw new Refusal(
        'stale',
        `the request's time is ${claims.time}, this agent's is ${now}: more than 5 minutes apart`,
      );
    const nonce = this.#nonces.take(claims.nonce, now);
    if (nonce === 'used') throw new Refusal('replayed', 'a request with this nonce was answered before');
    if (nonce === 'full')
      throw new Refusal('busy', 'more requests came in ten minutes than this agent remembers');
    return claims;
  }
}
