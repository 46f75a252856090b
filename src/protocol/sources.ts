import {isRecord} from '../kube/shape.ts';

/** A log of a node that its agent offers. Only what it lists can be read, by this id; a path is never sent. */
export interface LogSource {
  readonly id: string;
  /** A file (with its rotated predecessors), or a channel of the Windows event log. */
  readonly kind: 'file' | 'channel';
  /** `kubelet`, `containerd`, `hns`, `system`. */
  readonly component: string;
  /** Names of the files, the oldest first, or of the channel. */
  readonly files: readonly string[];
}

/** Answer of `GET /v1/sources`. */
export interface SourcesAnswer {
  readonly sources: readonly LogSource[];
}

/** What `GET /v1/logs` is asked for. */
export interface LogRequest {
  readonly source: string;
  /** Milliseconds since 1970: older records are left out, where the source knows their times. */
  readonly since?: number;
  /** Lines, or records of a channel, from the end. */
  readonly tail?: number;
  readonly follow: boolean;
}

/** What a source's id may look like: nothing that is a path on any system. */
const ID = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|[. ](?=[A-Za-z0-9_-])){0,127}$/;
const MAX_TAIL = 10_000_000;

/** Whether a text can be the id of a source. */
export function isSourceId(id: string): boolean {
  return ID.test(id);
}

/** Query of `GET /v1/logs`, with its question mark. */
export function logQuery({source, since, tail, follow}: LogRequest): string {
  const parts = [`source=${encodeURIComponent(source)}`];
  if (since !== undefined) parts.push(`since=${since}`);
  if (tail !== undefined) parts.push(`tail=${tail}`);
  if (follow) parts.push('follow=true');
  return `?${parts.join('&')}`;
}

/** Reads that query strictly: the request, or in one sentence what is wrong with it. */
export function readLogRequest(query: ReadonlyMap<string, string>): LogRequest | string {
  const unknown = [...query.keys()].find(k => !['source', 'since', 'tail', 'follow'].includes(k));
  if (unknown !== undefined) return `there is no parameter ${unknown.slice(0, 64)}`;
  const source = query.get('source');
  if (source === undefined || !isSourceId(source)) return 'source is no id of a source that this agent lists';
  const since = readNumber(query.get('since'), Number.MAX_SAFE_INTEGER);
  if (since === null) return 'since is no time in milliseconds since 1970';
  const tail = readNumber(query.get('tail'), MAX_TAIL);
  if (tail === null) return `tail is no number of at most ${MAX_TAIL} lines`;
  const follow = query.get('follow') ?? 'false';
  if (follow !== 'true' && follow !== 'false') return 'follow is neither true nor false';
  return {
    source,
    ...(since !== undefined && {since}),
    ...(tail !== undefined && {tail}),
    follow: follow === 'true',
  };
}

/** Reads the answer of `/v1/sources`; entries that are no source are left out. */
export function readSources(value: unknown): LogSource[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['sources'])) return undefined;
  return value['sources'].flatMap((entry: unknown): LogSource[] => {
    if (!isRecord(entry)) return [];
    const {id, kind, component, files} = entry;
    if (typeof id !== 'string' || !isSourceId(id) || (kind !== 'file' && kind !== 'channel')) return [];
    return [
      {
        id,
        kind,
        component: typeof component === 'string' ? component : id,
        files: Array.isArray(files) ? files.filter(file => typeof file === 'string') : [],
      },
    ];
  });
}

/** A number, `undefined` where none is given, `null` where it is none. */
function readNumber(text: string | undefined, most: number): number | undefined | null {
  if (text === undefined) return undefined;
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : NaN;
  return value <= most ? value : null;
}
