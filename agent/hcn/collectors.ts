import type {CollectedFile, Collector, MissingFile} from '../collect/collector.ts';
import {CollectError} from '../collect/collector.ts';
import type {CollectorName} from '../../src/protocol/collectors.ts';
import type {SelfCommand} from '../child/self.ts';
import {assemble} from './assemble.ts';
import type {Assembly} from './assemble.ts';
import type {ChildEvent, ObjectError} from './events.ts';
import {FAMILIES, FAMILY_NAMES, sourcesOf} from './families.ts';
import type {FamilyName} from './families.ts';
import {runChild} from '../child/run-child.ts';

/** What the collectors of native children need. */
export interface NativePorts {
  self: SelfCommand;
  /** Milliseconds for all calls of a family. */
  deadlineMs?: number;
}

/** Microsoft's own scripts give a query of HNS 5 s; a node with hundreds of load balancers answers in less. */
export const DEADLINE_MS = 8000;
/** What the collector has left, when its child has been killed, to hand on what had arrived. */
const AFTERWARDS_MS = 2000;
/** 300 load balancers are 0.5 MB; ten thousand are 16 MB. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Two files a family, with room for quoting. */
const MAX_CHILD_BYTES = 3 * MAX_FILE_BYTES;

/** The collectors of HNS, a child process for each family. The last one tells which objects the others could not read. */
export function hnsCollectors(ports: NativePorts): Collector[] {
  const errors = new ErrorLog();
  return [...FAMILY_NAMES.map(family => familyCollector(family, ports, errors)), errorsCollector(errors)];
}

function familyCollector(family: FamilyName, ports: NativePorts, errors: ErrorLog): Collector {
  return nativeCollector({
    name: `hns.${family}`,
    service: 'HNS',
    sources: sourcesOf(FAMILIES[family]),
    ports,
    onBegin: () => errors.begin(family),
    onEnd: assembly => errors.end(family, assembly.errors),
  });
}

/** A collector whose files a native child of the same name makes. */
export function nativeCollector(options: {
  name: CollectorName;
  service: string;
  sources: readonly {file: string; source: string}[];
  ports: NativePorts;
  onBegin?: () => void;
  onEnd?: (assembly: Assembly) => void;
}): Collector {
  const {name, service, sources, ports, onBegin, onEnd} = options;
  const deadlineMs = ports.deadlineMs ?? DEADLINE_MS;
  return {
    name,
    timeoutMs: deadlineMs + AFTERWARDS_MS,
    maxBytes: MAX_FILE_BYTES,
    async *collect({signal}): AsyncGenerator<CollectedFile | MissingFile> {
      const assembly = assemble(sources, MAX_FILE_BYTES);
      onBegin?.();
      try {
        const ended = await runChild({
          self: ports.self,
          name,
          signal,
          deadlineMs,
          maxBytes: MAX_CHILD_BYTES,
          service,
          onLine: line => {
            const event = eventOf(line);
            if (event) assembly.add(event);
          },
        });
        yield* assembly.files(ended);
      } finally {
        onEnd?.(assembly);
      }
    },
  };
}

/** A line of the child, which is this same program: an event, unless a DLL wrote it or it was cut when the child was killed. */
function eventOf(line: string): ChildEvent | undefined {
  try {
    const event: ChildEvent | null = JSON.parse(line);
    return event ?? undefined;
  } catch {
    return undefined;
  }
}

/** Errors of single objects, by family: each family forgets its own when it is collected anew. */
class ErrorLog {
  readonly #errors = new Map<string, readonly ObjectError[]>();
  readonly #running = new Map<string, PromiseWithResolvers<void>>();

  begin(family: string): void {
    this.#errors.delete(family);
    this.#running.get(family)?.resolve();
    this.#running.set(family, Promise.withResolvers());
  }

  end(family: string, errors: readonly ObjectError[]): void {
    this.#errors.set(family, errors);
    this.#running.get(family)?.resolve();
    this.#running.delete(family);
  }

  /** Everything known, when the families that are being collected have ended; `undefined` where none ever was. */
  async all(): Promise<ObjectError[] | undefined> {
    await Promise.all([...this.#running.values()].map(({promise}) => promise));
    return this.#errors.size === 0 ? undefined : [...this.#errors.values()].flat();
  }
}

function errorsCollector(errors: ErrorLog): Collector {
  return {
    name: 'hns.errors',
    timeoutMs: DEADLINE_MS + 2 * AFTERWARDS_MS,
    maxBytes: MAX_FILE_BYTES,
    async *collect(): AsyncGenerator<CollectedFile> {
      const all = await errors.all();
      if (!all) throw new CollectError('not-requested', 'no other collector of HNS has run');
      yield {
        file: 'hns/errors.json',
        source: 'HRESULTs of HcnOpen… and HcnQuery…',
        body: JSON.stringify(all, null, 1),
      };
    },
  };
}
