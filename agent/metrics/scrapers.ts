import {createHash} from 'node:crypto';
import {isRecord} from '../../src/kube/shape.ts';
import {ApiServerError, post} from './api-server.ts';
import type {ApiServerAccess} from './api-server.ts';

/** What a scraper is allowed. */
export type Verdict = 'allowed' | 'not-authenticated' | 'not-allowed' | 'unknown';

/** The path that a scraper must be allowed to `get` as a non-resource URL, as for Kubernetes' own components. */
const METRICS_PATH = '/metrics';
/** A verdict holds so long, as kube-rbac-proxy and the kubelet keep theirs (`--authorization-webhook-cache-*-ttl`). */
const KEEP_ALLOWED_MS = 60_000;
const KEEP_REFUSED_MS = 10_000;
const MAX_KEPT = 64;
/** Reviews at a time: strangers with made-up tokens must not turn the agent on the API server. */
const MAX_REVIEWS = 4;

/** Decides who may scrape by asking the API server: TokenReview says who it is, SubjectAccessReview what that may do. */
export class Scrapers {
  readonly #api: ApiServerAccess;
  readonly #now: () => number;
  readonly #kept = new Map<string, {verdict: Verdict; until: number}>();
  #reviews = 0;

  constructor(api: ApiServerAccess, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  /** The verdict on who sends this `Authorization` header; `unknown` where the API server cannot be asked. */
  async judge(header: string | undefined): Promise<Verdict> {
    const [, token] = /^Bearer ([A-Za-z0-9._~+/=-]{1,8192})$/.exec(header ?? '') ?? [];
    if (token === undefined) return 'not-authenticated';
    const id = createHash('sha256').update(token).digest('base64');
    const known = this.#kept.get(id);
    if (known && known.until > this.#now()) return known.verdict;
    if (this.#reviews >= MAX_REVIEWS) return 'unknown';
    this.#reviews++;
    try {
      const verdict = await review(this.#api, token);
      this.#keep(id, verdict);
      return verdict;
    } catch (error) {
      if (error instanceof ApiServerError) return 'unknown';
      throw error;
    } finally {
      this.#reviews--;
    }
  }

  #keep(id: string, verdict: Verdict): void {
    this.#kept.delete(id);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    const ms = verdict === 'allowed' ? KEEP_ALLOWED_MS : KEEP_REFUSED_MS;
    this.#kept.set(id, {verdict, until: this.#now() + ms});
  }
}

/** Asks who has the token, then what they may do (https://kubernetes.io/docs/reference/access-authn-authz/webhook/). */
async function review(api: ApiServerAccess, token: string): Promise<Verdict> {
  const who = statusOf(
    await post(api, '/apis/authentication.k8s.io/v1/tokenreviews', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: {token},
    }),
  );
  const user = who['user'];
  if (who['authenticated'] !== true || !isRecord(user)) return 'not-authenticated';
  const {username, uid, groups, extra} = user;
  const may = statusOf(
    await post(api, '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {user: username, uid, groups, extra, nonResourceAttributes: {path: METRICS_PATH, verb: 'get'}},
    }),
  );
  return may['allowed'] === true && may['denied'] !== true ? 'allowed' : 'not-allowed';
}

function statusOf(answer: unknown): Record<string, unknown> {
  const status = isRecord(answer) ? answer['status'] : undefined;
  return isRecord(status) ? status : {};
}
