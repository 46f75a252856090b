import type {KubeObject} from '../../kube/types.ts';
import type {Versions} from './versions.ts';

/** A configuration of LogMonitor as `lint` found it: a file of its own, or a value of a ConfigMap. */
export interface LogMonitorConfig {
  /** The ConfigMap, or a stand-in for the file. */
  holder: KubeObject;
  /** Where in the holder the configuration stands: `/data/LogMonitorConfig.json`; empty for a file. */
  pointer: string;
  /** What it says; undefined where it does not parse. */
  value: unknown;
  /** Why it does not parse. */
  error?: string;
  /** Whether a byte order mark stands before it. */
  hasMark?: boolean;
}

/** A fault at a place of a configuration, counted from its own root. */
export interface ConfigFault {
  /** Class of fault, without values. */
  cause: string;
  pointer: string;
  value?: unknown;
  message: string;
  fix: string;
  /** Versions that have it; all where absent. */
  versions?: Versions;
  /** Told only where every version that may read the configuration has it. */
  certain?: boolean;
}

/** An object of the configuration, its keys found without regard to case, as every version before 2.2 does. */
export class Section {
  readonly pointer: string;
  readonly #entries: ReadonlyMap<string, [key: string, value: unknown]>;

  constructor(value: object, pointer: string) {
    this.pointer = pointer;
    this.#entries = new Map(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), [key, inner]]));
  }

  /** The value of a key, however it is written. */
  get(name: string): unknown {
    return this.#entries.get(name.toLowerCase())?.[1];
  }

  /** How a key is written, and where its value stands. */
  at(name: string): {key: string; pointer: string} | undefined {
    const key = this.#entries.get(name.toLowerCase())?.[0];
    return key === undefined ? undefined : {key, pointer: `${this.pointer}/${escape(key)}`};
  }

  /** Keys as they are written. */
  keys(): string[] {
    return [...this.#entries.values()].map(([key]) => key);
  }

  /** The objects of a list. */
  list(name: string): Section[] {
    const value = this.get(name);
    const pointer = this.at(name)?.pointer ?? this.pointer;
    if (!Array.isArray(value)) return [];
    return value.flatMap((item: unknown, i) =>
      typeof item === 'object' && item !== null ? [new Section(item, `${pointer}/${i}`)] : [],
    );
  }

  /** A value as text, where it is one. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' ? value : undefined;
  }
}

/** `LogConfig` of a configuration; undefined where there is none. */
export function logConfigOf(value: unknown): Section | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const root = new Section(value, '');
  const config = root.get('LogConfig');
  return typeof config === 'object' && config !== null && !Array.isArray(config)
    ? new Section(config, root.at('LogConfig')?.pointer ?? '')
    : undefined;
}

/** Type of a source as LogMonitor names it, whatever its case; undefined for others. */
export function typeOf(source: Section): 'EventLog' | 'File' | 'ETW' | 'Process' | undefined {
  return SOURCE_TYPES.find(type => type.toLowerCase() === source.text('type')?.toLowerCase());
}

export const SOURCE_TYPES = ['EventLog', 'File', 'ETW', 'Process'] as const;

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
