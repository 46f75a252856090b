import type {ApiStreams} from '../kube/api-streams.ts';
import type {Clock} from '../kube/clock.ts';
import type {ContainerState} from './instance.ts';
import type {LogTarget} from './log-target.ts';

/** What of its log is wanted, in the API's own terms (PodLogOptions). */
export interface LogWish {
  follow: boolean;
  previous: boolean;
  /** RFC 3339. */
  sinceTime?: string | undefined;
  /** Lines as people count them: the kubelet counts pieces of 16 KiB. */
  tail?: number | undefined;
  limitBytes?: number | undefined;
}

/** What reading a log needs of the world. */
export interface LogPorts {
  streams: ApiStreams;
  /** Asks how a container fares; undefined where its pod is gone. */
  state(target: LogTarget): Promise<ContainerState | undefined>;
  clock: Clock;
  signal: AbortSignal;
  /** Says something about the log that is no part of it: what was lost, what is waited for. */
  note(text: string): void;
}

/** Opens the log of a container as it is asked for. */
export function openLog(
  target: LogTarget,
  wish: LogWish & {tailLines?: number},
  {streams}: LogPorts,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  return streams.open(logPath(target, wish), signal);
}

/** A function that opens the newest part of a log: so many pieces, as the kubelet counts them. */
export function openTail(
  target: LogTarget,
  wish: LogWish,
  ports: LogPorts,
): (pieces: number) => Promise<AsyncIterable<Uint8Array>> {
  return pieces => openLog(target, {...wish, follow: false, tailLines: pieces}, ports, ports.signal);
}

/** Path of a log in the API, with the times at which the runtime received its lines. */
export function logPath(
  {namespace, pod, container}: LogTarget,
  wish: LogWish & {tailLines?: number},
): string {
  const query = new URLSearchParams({container, timestamps: 'true'});
  if (wish.follow) query.set('follow', 'true');
  if (wish.previous) query.set('previous', 'true');
  if (wish.sinceTime !== undefined) query.set('sinceTime', wish.sinceTime);
  if (wish.tailLines !== undefined) query.set('tailLines', String(wish.tailLines));
  if (wish.limitBytes !== undefined) query.set('limitBytes', String(wish.limitBytes));
  const names = [namespace, pod].map(encodeURIComponent);
  return `/api/v1/namespaces/${names[0]}/pods/${names[1]}/log?${query.toString()}`;
}
