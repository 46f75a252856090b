import type {ResourceKey} from '../kube/resources.ts';
import {isRecord} from '../kube/shape.ts';
import {millis, rfc3339} from '../snapshot/time.ts';

/** Later times are no times of a cluster; one such object must not move the moment at which all is judged. */
const LATEST = millis('2100-01-01T00:00:00Z') ?? 0;

/** Finds the newest time that objects tell of themselves. */
export class NewestTime {
  #lived: number | undefined;
  #created: number | undefined;

  /** RFC 3339 of the newest sign of life so far: a heartbeat, a lease renewal, an event. A cluster gives one every minute. */
  get lived(): string | undefined {
    return this.#lived === undefined ? undefined : rfc3339(this.#lived);
  }

  /** RFC 3339 of the newest creation so far; the capture may be years younger. */
  get created(): string | undefined {
    return this.#created === undefined ? undefined : rfc3339(this.#created);
  }

  /** Looks at an object as the API has it. */
  look(key: ResourceKey, object: Record<string, unknown>): void {
    const {metadata, spec, status} = object;
    if (isRecord(metadata)) this.#created = later(this.#created, metadata['creationTimestamp']);
    if (key === 'events') {
      const series = object['series'];
      if (isRecord(series)) this.#lived = later(this.#lived, series['lastObservedTime']);
      for (const field of ['lastTimestamp', 'deprecatedLastTimestamp', 'eventTime']) {
        this.#lived = later(this.#lived, object[field]);
      }
    }
    if (key === 'leases' && isRecord(spec)) this.#lived = later(this.#lived, spec['renewTime']);
    if (key === 'nodes' && isRecord(status) && Array.isArray(status['conditions'])) {
      for (const condition of status['conditions']) {
        if (isRecord(condition)) this.#lived = later(this.#lived, condition['lastHeartbeatTime']);
      }
    }
  }
}

function later(newest: number | undefined, time: unknown): number | undefined {
  const at = typeof time === 'string' ? millis(time) : undefined;
  if (at === undefined || at > LATEST) return newest;
  return newest === undefined || at > newest ? at : newest;
}

/** RFC 3339 of a time as Go prints it: `2026-09-01 12:00:00.123456789 +0200 CEST m=+0.01`. The last one of the text. */
export function goTime(text: string): string | undefined {
  const found = [
    ...text.slice(-MAX_TIMESTAMP).matchAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d\d)(\d\d)/g),
  ].at(-1);
  if (!found) return undefined;
  const at = millis(`${found[1]}T${found[2]}${found[3]}:${found[4]}`);
  return at === undefined ? undefined : rfc3339(at);
}

/** A timestamp file has two lines. */
const MAX_TIMESTAMP = 4096;

/**
 * RFC 3339 of the time in the name of a troubleshoot bundle, `support-bundle-2026-09-01T12_00_00`. It is the local time of
 * whoever made it, read as UTC for want of a zone: the last resort.
 */
export function timeInName(path: string): string | undefined {
  const found = /(\d{4}-\d\d-\d\dT\d\d)[_:](\d\d)[_:](\d\d)/.exec(path);
  const at = found ? millis(`${found[1]}:${found[2]}:${found[3]}Z`) : undefined;
  return at === undefined ? undefined : rfc3339(at);
}
