import {readFileSync} from 'node:fs';
import {Agent, request} from 'node:https';
import type {Check, Fail} from '../../../src/checks/define.ts';
import {judge} from '../../../src/checks/engine.ts';
import {TestCluster} from '../../helpers/cluster.ts';
import type {TestLab} from '../lab.ts';
import {startLab} from '../lab.ts';
import {LabDir} from '../parts/places.ts';

/** A pod specification as a manifest has it. */
export type Spec = Record<string, unknown>;

/** One complaint of the server. */
export interface Cause {
  field: string;
  message: string;
}

/** A lab's API server, asked what it says to pods without making them. */
export class Oracle {
  readonly #lab: TestLab;
  readonly #agent: Agent;

  constructor(lab: TestLab) {
    this.#lab = lab;
    const ca = readFileSync(new LabDir(lab.name).path('pki', 'apiserver.crt'));
    this.#agent = new Agent({keepAlive: true, ca});
  }

  /** What the server refuses of a pod; nothing where it takes it. */
  dryRun(spec: Spec): Promise<Cause[]> {
    const url = `${this.#lab.server}/api/v1/namespaces/default/pods?dryRun=All`;
    const headers = {'content-type': 'application/json', authorization: `Bearer ${this.#lab.tokens.admin}`};
    const {promise, resolve, reject} = Promise.withResolvers<Cause[]>();
    const sent = request(url, {method: 'POST', agent: this.#agent, headers}, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 201) resolve([]);
        else if (response.statusCode === 422) resolve(causesIn(text));
        else reject(new Error(`${response.statusCode ?? 0}: ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(podOf(spec)));
    return promise;
  }

  /** Ends the lab. */
  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#lab.stop();
  }
}

/** Starts a lab to ask. */
export async function startOracle(): Promise<Oracle> {
  return new Oracle(await startLab());
}

function podOf(spec: Spec) {
  return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'oracle', namespace: 'default'}, spec};
}

function causesIn(text: string): Cause[] {
  // A Status of reason Invalid lists every field that it refuses.
  const status = JSON.parse(text) as {details: {causes: Cause[]}};
  return status.details.causes;
}

/** What a rule says to a pod. */
export function failsOf(check: Check, spec: Spec): Fail[] {
  const judgement = judge(new TestCluster([podOf(spec)]).snapshot('files'), [check]);
  if (judgement.problems.length > 0) throw new Error(judgement.problems[0]?.detail);
  return judgement.fails.flatMap(f => f.fails);
}

/** `/spec/containers/0/image` as the server writes it: `spec.containers[0].image`. */
export function fieldPath(pointer: string): string {
  return pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}
