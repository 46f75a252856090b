import {spawn} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import type {
  CollectContext,
  CollectedFile,
  Collector,
  MissingFile,
} from '../../../agent/collect/collector.ts';
import type {CollectorName} from '../../../src/protocol/collectors.ts';

type Files = (context: CollectContext) => AsyncIterable<CollectedFile | MissingFile>;

/** A collector that does what a test says. */
export function collector(
  name: CollectorName,
  collect: Files,
  limits: Partial<Pick<Collector, 'timeoutMs' | 'maxBytes'>> = {},
): Collector {
  return {name, timeoutMs: 5000, maxBytes: 16 * 1024 * 1024, ...limits, collect};
}

/** One file of a collector. */
export function file(path: string, body: string): CollectedFile {
  return {file: path, body, source: 'test'};
}

/** `system.json` of that many bytes. */
export function big(bytes: number): Collector {
  return collector('system', async function* () {
    yield file('system.json', 'x'.repeat(bytes));
  });
}

/** Log files of 64 KiB that never come to an end; `onAbort` tells that it was stopped. */
export function endless(onAbort: () => void = () => undefined): Collector {
  return collector(
    'logs',
    async function* ({signal}) {
      signal.addEventListener('abort', onAbort, {once: true});
      for (let i = 0; !signal.aborted; i++) {
        yield file(`logs/kubelet/${i}.log`, 'x'.repeat(64 * 1024));
        await sleep(5, undefined, {signal});
      }
    },
    {timeoutMs: 600_000},
  );
}

/** Waits for ever without a look at its signal, as a wedged library does. */
export function hung(name: CollectorName, timeoutMs: number): Collector {
  return collector(
    name,
    async function* () {
      yield* await new Promise<CollectedFile[]>(() => undefined);
    },
    {timeoutMs},
  );
}

/** Starts a child process that sleeps, tells its id, and ends it when the signal fires, as collectors must. */
export function withChild(onPid: (pid: number) => void): Collector {
  return collector(
    'processes',
    async function* ({signal}) {
      const child = spawn('/bin/sleep', ['600'], {stdio: 'ignore', signal, killSignal: 'SIGKILL'});
      child.on('error', () => undefined);
      onPid(child.pid ?? 0);
      await new Promise(resolve => child.on('close', resolve));
      yield file('processes.json', '[]');
    },
    {timeoutMs: 600_000},
  );
}
