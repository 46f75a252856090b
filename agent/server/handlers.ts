import type {ServerResponse} from 'node:http';
import {PROTOCOL_VERSION} from '../../src/protocol/answers.ts';
import type {AgentVersion, Capabilities, Health} from '../../src/protocol/answers.ts';
import {BYTES_TYPE, NDJSON} from '../../src/protocol/routes.ts';
import type {RouteName} from '../../src/protocol/routes.ts';
import type {CollectorLine} from '../../src/protocol/lines.ts';
import type {ProbeLine} from '../../src/protocol/probes/lines.ts';
import {readProbesRequest} from '../../src/protocol/probes/read-request.ts';
import {readSnapshotRequest} from '../../src/protocol/snapshot-request.ts';
import {readLogRequest} from '../../src/protocol/sources.ts';
import type {SourcesAnswer} from '../../src/protocol/sources.ts';
import {runCollectors} from '../collect/run.ts';
import {SharedRuns} from '../collect/share.ts';
import {agentVersion} from '../config/version.ts';
import {answerJson} from './answer.ts';
import type {ServerDeps} from './deps.ts';
import {encodeLine} from './encode-line.ts';
import {auditOf} from './audit-probes.ts';
import {pseudonymsOf, redactor, rulesOf} from './redact-lines.ts';
import {Refusal} from './refusal.ts';
import {Slots} from './slots.ts';
import {stream} from './stream.ts';
import {readQuery} from './target.ts';

/** A request that was proven, and where its answer goes. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly query: string;
  readonly body: Buffer;
  /** Fires when the client is gone. */
  readonly signal: AbortSignal;
  /** Has the audit line name what was asked for. */
  readonly note: (asked: Readonly<Record<string, string | readonly string[]>>) => void;
}

/** Answers a request; throws a {@link Refusal} before the first byte. Gives the bytes of an answer in parts. */
export type Handler = (exchange: Exchange) => Promise<number | undefined> | undefined;

/** The handler of each route. */
export function handlersOf(deps: ServerDeps): Record<RouteName, Handler> {
  const {node, os, boot, clock, limits, logs, probes} = deps;
  const snapshots = new Slots(limits.snapshots, 'snapshots');
  const streams = new Slots(limits.logs, 'logs');
  const runs = new Slots(limits.probes, 'runs of probes');
  const shared = new SharedRuns();

  return {
    healthz: json((): Health => ({status: 'ok', node, os, boot, now: clock()})),
    version: json((): AgentVersion => ({
      version: agentVersion(),
      runtime: process.versions.node,
      os,
      architecture: process.arch,
    })),
    capabilities: json(() => capabilities(deps)),

    async sources({response}) {
      answerJson(response, 200, {sources: await logs.list()} satisfies SourcesAnswer);
      return undefined;
    },

    async snapshot({response, body, signal, note}) {
      const asked = readSnapshotRequest(parseJson(body));
      if (typeof asked === 'string') throw new Refusal('bad-request', asked);
      const pseudonyms = pseudonymsOf(node, asked);
      const rules = rulesOf(asked.rules ?? []);
      note({collectors: asked.collectors ?? 'all'});
      return await snapshots.run(async () => {
        const ending = new AbortController();
        const end = (): void => ending.abort();
        signal.addEventListener('abort', end, {once: true});
        const deadline = setTimeout(end, limits.snapshotMs);
        try {
          const names = asked.collectors && {names: asked.collectors};
          const lines = runCollectors({...deps, ...names, shared, signal: ending.signal});
          const redacted = redactor({node, os, rules, pseudonyms});
          return await stream(response, NDJSON, encoded(redacted(lines), ending.signal), limits.stallMs);
        } finally {
          clearTimeout(deadline);
        }
      });
    },

    async probes({response, body, signal, note}) {
      const asked = readProbesRequest(parseJson(body));
      if (typeof asked === 'string') throw new Refusal('bad-request', asked);
      const other = asked.orders.find(({kind}) => !probes.kinds.includes(kind));
      if (other) throw new Refusal('unsupported', `this agent runs no probes of the kind ${other.kind}`);
      note(auditOf(asked));
      const isListening = asked.orders.every(({kind}) => kind === 'listen');
      return await runs.run(async () => {
        try {
          return await stream(
            response,
            NDJSON,
            probeLines(probes.run(asked, signal), signal),
            limits.stallMs,
          );
        } catch (error) {
          // Whoever needs its listeners no more hangs up (`ListenOrder`): so they end well.
          if (isListening && signal.aborted) return undefined;
          throw error;
        }
      });
    },

    async logs({response, query, signal, note}) {
      const asked = readLogRequest(readQuery(query));
      if (typeof asked === 'string') throw new Refusal('bad-request', asked);
      note({source: asked.source});
      return await streams.run(async () => {
        const source = (await logs.list()).find(({id}) => id === asked.source);
        if (!source) throw new Refusal('not-found', 'this agent lists no such source: see /v1/sources');
        return await stream(response, BYTES_TYPE, logs.open(source, {...asked, signal}), limits.stallMs);
      });
    },
  };
}

/** A handler that answers with what is known at once. */
function json(value: () => object): Handler {
  return ({response}) => {
    answerJson(response, 200, value());
    return undefined;
  };
}

function capabilities({os, collectors, probes, limits}: ServerDeps): Capabilities {
  return {
    protocol: {oldest: PROTOCOL_VERSION, newest: PROTOCOL_VERSION},
    os,
    collectors: collectors.map(({name}) => name),
    probes: probes.kinds,
    redactionRules: true,
    limits: {snapshots: limits.snapshots, logs: limits.logs, bodyBytes: limits.bodyBytes},
  };
}

async function* encoded(
  lines: AsyncIterable<CollectorLine>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield* encodeLine(line);
  // An answer that ends early must not look whole.
  signal.throwIfAborted();
}

async function* probeLines(lines: AsyncIterable<ProbeLine>, signal: AbortSignal): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  signal.throwIfAborted();
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal('bad-request', 'the body is no JSON');
  }
}
