import {explainExitCode} from '../data/ntstatus.ts';
import {statusesOf} from '../kube/pods.ts';
import type {ContainerState, Event, Node, Pod} from '../kube/types.ts';
import {encodeUtf8} from './bytes.ts';
import {madeRecord} from './made-record.ts';
import type {LogLevel} from './record.ts';
import type {FoundRecord} from './to-record.ts';

/** One thing that happened, beside what logs say. */
interface Told {
  time: string | undefined;
  /** `event` of the API, or `status` of an object. */
  channel: string;
  provider?: string | undefined;
  level: LogLevel;
  message: string;
}

/** An event of the API: at its last time, and how often it came. */
export function eventMoment({lastTimestamp, type, reason, message, component, count}: Event): FoundRecord[] {
  const times = count > 1 ? ` (${count} times)` : '';
  return moment({
    time: lastTimestamp,
    channel: 'event',
    provider: component,
    level: type === 'Warning' ? 'Warning' : 'Information',
    message: `${reason ?? ''}${times}: ${(message ?? '').trim()}`,
  });
}

/**
 * What a pod's status tells of its life: made, scheduled, its containers started and ended. Its events stand between, as times are whole
 * seconds: of what happened in one second scheduling and pull come before the start.
 */
export function podMoments(pod: Pod, events: readonly Event[] = []): FoundRecord[] {
  const {metadata, status, nodeName} = pod;
  const scheduled = status.conditions?.find(c => c.type === 'PodScheduled' && c.status === 'True');
  return [
    ...moment({
      time: metadata.creationTimestamp,
      channel: 'status',
      level: 'Information',
      message: 'the pod was made',
    }),
    ...events.flatMap(eventMoment),
    ...moment({
      time: scheduled?.lastTransitionTime,
      channel: 'status',
      level: 'Information',
      message: `it was given to node ${nodeName ?? 'unknown'}`,
    }),
    ...statusesOf(pod).flatMap(({status: {name, state, lastState}}) => [
      ...containerMoments(name, lastState),
      ...containerMoments(name, state),
    ]),
    ...moment({
      time: metadata.deletionTimestamp,
      channel: 'status',
      level: 'Warning',
      message: 'the pod is to be gone by now',
    }),
  ];
}

function containerMoments(name: string, state: ContainerState | undefined): FoundRecord[] {
  const {running, terminated} = state ?? {};
  const started = running?.startedAt ?? terminated?.startedAt;
  const code = terminated?.exitCode;
  const meaning = code === undefined || isOwnCode(code) ? undefined : explainExitCode(code);
  const named = meaning ? ` (${meaning.name})` : '';
  return [
    ...moment({time: started, channel: 'status', level: 'Information', message: `container ${name} started`}),
    ...moment({
      time: terminated?.finishedAt,
      channel: 'status',
      level: code === 0 ? 'Information' : 'Error',
      message: `container ${name} ended with ${code ?? 'no code'}${named}${terminated?.reason ? `, ${terminated.reason}` : ''}`,
    }),
  ];
}

/** Whether a program chose a code itself: below 256 names of Windows' errors would mislead, above it has them from the system. */
function isOwnCode(code: number): boolean {
  return code >= 0 && code < 256;
}

/** When the conditions of a node changed last. */
export function nodeMoments({metadata, status}: Node): FoundRecord[] {
  return [
    ...moment({
      time: metadata.creationTimestamp,
      channel: 'status',
      level: 'Information',
      message: 'the node joined',
    }),
    ...(status.conditions ?? []).flatMap(({type, status: value, reason, message, lastTransitionTime}) => {
      const isBad = type === 'Ready' ? value !== 'True' : value === 'True';
      return moment({
        time: lastTransitionTime,
        channel: 'status',
        level: isBad ? 'Error' : 'Information',
        message: `${type} became ${value}${reason ? `, ${reason}` : ''}${message ? `: ${message}` : ''}`,
      });
    }),
  ];
}

/** A record of what was told; none where it has no time, as a timeline has no place for it. */
function moment({time, channel, provider, level, message}: Told): FoundRecord[] {
  if (time === undefined) return [];
  const said = provider === undefined ? null : encodeUtf8(provider);
  return [
    madeRecord({time, source: 'EventLog', level, provider: said, channel, message: encodeUtf8(message)}),
  ];
}
