import {keyOfFile} from '../../src/protocol/collectors.ts';
import type {CollectorLine, MissingLine} from '../../src/protocol/lines.ts';
import {isFileOf} from '../../src/protocol/node-file.ts';
import {cap} from './cap.ts';
import type {CollectedFile, MissingFile} from './collector.ts';
import {Budget} from './deadline.ts';
import type {Planned} from './plan.ts';
import {whyMissing} from './why-missing.ts';
import type {Why} from './why-missing.ts';

/**
 * Runs one collector to lines. It never throws but when `signal` has fired: what the collector throws, its deadline and files
 * that it must not make become lines that say so, and files that it would have made are named as missing.
 */
export async function* collectOne(
  {spec, collector}: Planned,
  signal: AbortSignal,
): AsyncGenerator<CollectorLine> {
  const budget = new Budget(collector.timeoutMs, signal);
  const open = new Set(spec.files.filter(file => !file.includes('*')));
  const line = lineMaker(spec.name);
  let files: AsyncIterator<CollectedFile | MissingFile> | undefined;
  try {
    files = collector.collect({signal: budget.signal})[Symbol.asyncIterator]();
    while (true) {
      const next = await budget.spend(files.next());
      if (next.done) return;
      open.delete(next.value.file);
      yield isFileOf(spec, next.value.file)
        ? line.of(next.value, collector.maxBytes)
        : line.missing(spec.name, {reason: 'failed', detail: foreignFile(spec.name, next.value.file)});
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const why = budget.signal.aborted ? overdue(collector.timeoutMs) : whyMissing(error);
    const keys = open.size > 0 ? [...open].map(keyOfFile) : [spec.name];
    for (const key of keys) yield line.missing(key, why);
  } finally {
    budget.close();
    // A collector that hangs would hang here, too; its signal has fired, which is all that can be done.
    void Promise.resolve(files?.return?.()).catch(() => undefined);
  }
}

/** Makes lines that know how long each took since the one before. */
function lineMaker(name: string): {
  of: (file: CollectedFile | MissingFile, maxBytes: number) => CollectorLine;
  missing: (key: string, why: Why) => MissingLine;
} {
  let last = performance.now();
  let source: string = name;
  const facts = (key: string): {key: string; tookMs: number; at: string; source: string} => {
    const now = performance.now();
    const tookMs = Math.round(now - last);
    last = now;
    return {key, tookMs, at: new Date().toISOString(), source};
  };
  return {
    of(file, maxBytes) {
      source = file.source;
      const key = keyOfFile(file.file);
      if ('missing' in file) return {...facts(key), ok: false, ...file.missing};
      const {text: body, bytes, whole} = cap(file.body, maxBytes);
      const partial: Why | undefined =
        whole === undefined
          ? file.partial
          : {reason: 'failed', detail: `cut at ${maxBytes} bytes, ${whole} were there`};
      return {...facts(key), ok: true, file: file.file, bytes, body, ...partial};
    },
    missing: (key, why) => ({...facts(key), ok: false, ...why}),
  };
}

function overdue(timeoutMs: number): Why {
  return {reason: 'timeout', detail: `no answer within ${timeoutMs} ms`};
}

function foreignFile(name: string, file: string): string {
  return `collector ${name} made the file ${JSON.stringify(file.slice(0, 100))}, which is none of its own: a fault of the agent`;
}
