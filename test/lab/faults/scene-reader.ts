import type {Access} from '../../../plugin/kube/access.ts';
import {HttpApiReader} from '../../../plugin/kube/api-reader.ts';
import type {ApiAnswer, ApiOptions, ApiReader} from '../../../plugin/kube/api-reader.ts';
import type {Json} from '../../helpers/raw.ts';

/** Changes an object as it is read: for what the API server or a controller would not let stand. */
export type ReadEdit = (kind: string, object: Json) => void;

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Times by which checks tell how long something has lasted. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionTimestamp',
  'firstTimestamp',
  'lastTransitionTime',
  'startTime',
  'startedAt',
  'timeAdded',
]);

/** A lab is seconds old; what is seen of it is to look as if it had stood for this long. */
const AGE_MS = 3_600_000;

/**
 * Reads a lab as if it stood at another time: every time is moved by the same span, so that support dates are judged at
 * the scene's own day, and beginnings by an hour more, so that nothing looks as new as it is.
 */
export class SceneReader implements ApiReader {
  readonly #reader: HttpApiReader;
  readonly #shiftMs: number;
  readonly #edit: ReadEdit | undefined;

  constructor(access: Access, shiftMs: number, edit: ReadEdit | undefined) {
    this.#reader = new HttpApiReader(access);
    this.#shiftMs = shiftMs;
    this.#edit = edit;
  }

  async get(path: string, options: ApiOptions): Promise<ApiAnswer> {
    const {text, date} = await this.#reader.get(path, options);
    return {
      text: text.startsWith('{') ? this.#retold(text) : text,
      date: date === undefined ? undefined : new Date(Date.parse(date) + this.#shiftMs).toUTCString(),
    };
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  #retold(text: string): string {
    const answer: Json = JSON.parse(text, (key, value: unknown) =>
      typeof value === 'string' && RFC3339.test(value) ? this.#moved(key, value) : value,
    );
    const kind = String(answer.kind);
    if (!kind.endsWith('List')) this.#edit?.(kind, answer);
    for (const item of answer.items ?? []) this.#edit?.(kind.slice(0, -'List'.length), item);
    return JSON.stringify(answer);
  }

  #moved(key: string, time: string): string {
    const ms = Date.parse(time) + this.#shiftMs - (BEGINNINGS.has(key) ? AGE_MS : 0);
    return new Date(ms).toISOString();
  }
}
