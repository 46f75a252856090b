import type {CollectorLine} from '../../src/protocol/lines.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {Observer} from '../metrics/observer.ts';
import {collectOne} from './collect-one.ts';
import type {Collector} from './collector.ts';
import {merge} from './merge.ts';
import {plan} from './plan.ts';
import type {SharedRuns} from './share.ts';

/** Collectors that run at once: a node has better things to do, and each may hold a file of some megabytes. */
const CONCURRENCY = 4;

export interface RunOptions {
  readonly os: AgentOs;
  readonly collectors: readonly Collector[];
  /** Names of collectors; without it all of this operating system. */
  readonly names?: readonly string[];
  readonly shared: SharedRuns;
  readonly observer: Observer;
  /** Fires when nobody wants the lines any more; the run throws its reason then. */
  readonly signal: AbortSignal;
}

/** Runs collectors and gives a line for each file as it ends, and one for each that cannot be had. */
export async function* runCollectors(options: RunOptions): AsyncGenerator<CollectorLine> {
  const {os, collectors, names, shared, observer} = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const {run, missing} = plan(os, collectors, names);
  for (const {name, detail} of missing)
    yield {
      key: name,
      ok: false,
      reason: 'unsupported',
      detail,
      tookMs: 0,
      at: new Date().toISOString(),
      source: name,
    };
  const observed = async function* (planned: (typeof run)[number]): AsyncGenerator<CollectorLine> {
    for await (const line of collectOne(planned, signal)) {
      observer.line(planned.spec.name, line.ok ? 'ok' : line.reason, line.tookMs);
      yield line;
    }
  };
  yield* merge(
    run.map(planned => () => shared.run(planned.spec.name, () => observed(planned), signal)),
    CONCURRENCY,
    () => ended.abort(),
  );
}
