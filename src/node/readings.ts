import {isKnownEvent} from '../data/windows-events.ts';
import type {HnsKind, HnsKinds} from '../hns/readings.ts';
import {HNSDIAG_FILE} from '../hns/readings.ts';
import {keyOfFile} from '../protocol/collectors.ts';
import type {Evidence, Missing} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import {readDefender} from './defender.ts';
import {NO_CNI, takeCni} from './cni.ts';
import {readCriStatus, readCriVersion} from './cri.ts';
import type {NodeFacts, NodeKey} from './evidence.ts';
import type {EventLogs} from './eventlog.ts';
import {channelOfFile, readEvents} from './eventlog.ts';
import {readComputeSystems} from './hcs.ts';
import {NO_HNS, takeHns} from './hns.ts';
import {takeHnsdiag} from './hnsdiag.ts';
import type {HnsAnswers} from './hns-objects.ts';
import {missObjects, objectsOf, takeObjects} from './hns-objects.ts';
import {readImages} from './images.ts';
import {readJson} from './json.ts';
import {answerOf} from './hns-answer.ts';
import {NO_LOG_MONITOR, takeLogMonitor} from './logmonitor.ts';
import {NO_LOGS, takeLog} from './logs.ts';
import {readAdapters, readRoutes} from './net.ts';
import {readImageDisk} from './image-disk.ts';
import {readPause} from './pause.ts';
import {readSnapshots} from './snapshots.ts';
import {readPorts} from './ports.ts';
import {readProcesses} from './processes.ts';
import {readRegistry} from './registry.ts';
import {readContainers, readSandboxes} from './sandboxes.ts';
import {takeRuntimeConfig} from './runtime-config.ts';
import {readServices} from './services.ts';
import {readSystem} from './system.ts';
import {readTasks} from './tasks.ts';
import {NO_VFP, takeVfp} from './vfp.ts';
import {readVolumes} from './volumes.ts';
import type {NodeText} from './text.ts';

/** What a file adds to evidence of a node: the new value, and what is missing of it. */
export interface Taken<T> {
  value?: T;
  gap?: Missing;
}

/** How evidence of one kind is read from the files of a node; `S` is what is known of it on the way. */
export interface NodeReading<T, S = T> {
  /** Set where it is made of several files: whether all came is known at the end only. */
  readonly several?: true;
  /** What it is on a node whose agent made no file of it, where that is an answer: nothing of the kind is there. */
  readonly none?: T;
  take(before: S | undefined, file: NodeText): Taken<S>;
  /** Keeps inside the value that a file is missing, where evidence of many files is not spoilt by one of them. */
  miss?(before: S | undefined, key: string, gap: Missing): S;
  /** Makes the evidence of what came, and says itself what is missing of it. Absent: the value is the evidence. */
  finish?(this: void, state: S): Evidence<T>;
}

/** What is known on the way. */
type State<K extends FileKey> = K extends `node.hns.${infer Kind extends HnsKind}`
  ? HnsAnswers<HnsKinds[Kind]>
  : NodeFacts[K];

/** Evidence that is made of files; how agents were reached is none. */
export type FileKey = Exclude<NodeKey, 'node.agent' | 'node.collection'>;

/** The reader of each kind of evidence. */
export const NODE_READINGS: {readonly [K in FileKey]: NodeReading<NodeFacts[K], State<K>>} = {
  'node.system': json(readSystem, 'byField'),
  'node.services': json(readServices, 'byField'),
  'node.processes': json(readProcesses, 'byField'),
  'node.cri.version': json(readCriVersion),
  'node.cri.status': json(readCriStatus),
  'node.cri.images': json(readImages, 'byField'),
  'node.cri.sandboxes': json(readSandboxes, 'byField'),
  'node.cri.containers': json(readContainers, 'byField'),
  'node.cri.snapshots': json(readSnapshots),
  'node.cri.volumes': json(readVolumes, 'byField'),
  'node.cri.pause': json(readPause),
  'node.cri.stats': json(readImageDisk),
  'node.hcs': json(readComputeSystems),
  'node.net.adapters': json(readAdapters),
  'node.net.routes': json(readRoutes),
  'node.net.ports': jsonOfSeveral(readPorts),
  'node.tasks': json(readTasks),
  'node.defender': json(readDefender, 'byField'),
  'node.registry': json(readRegistry),
  // A file that does not parse is what its check looks for.
  'node.cri.config': {
    several: true,
    take: (before = [], file) => ({
      value: takeRuntimeConfig(before, file),
      ...(file.partial && {gap: file.partial}),
    }),
  },
  'node.hns': {
    several: true,
    take: (before = NO_HNS, file) => {
      if (file.file === HNSDIAG_FILE) return {value: takeHnsdiag(before, file)};
      const answer = answerOf(file, undefined);
      return {value: takeHns(before, file.file, answer), ...(answer.gap && {gap: answer.gap})};
    },
    miss: (before = NO_HNS, key, gap) => ({...before, silent: [...before.silent, {key, gap}]}),
  },
  'node.hns.networks': hnsObjects('networks'),
  'node.hns.endpoints': hnsObjects('endpoints'),
  'node.hns.namespaces': hnsObjects('namespaces'),
  'node.hns.loadbalancers': hnsObjects('loadbalancers'),
  'node.hns.sdnroutes': hnsObjects('sdnroutes'),
  // A configuration that does not parse is what its check looks for.
  'node.cni': {
    several: true,
    take: (before = NO_CNI, {file, text, partial}) => ({
      value: takeCni(before, file, readJson(text)),
      ...(partial && {gap: partial}),
    }),
  },
  'node.vfp': {several: true, take: oneOfMany(NO_VFP, takeVfp), miss: missOf(NO_VFP)},
  'node.logmonitor': {
    several: true,
    none: NO_LOG_MONITOR,
    take: oneOfMany(NO_LOG_MONITOR, takeLogMonitor),
    miss: missOf(NO_LOG_MONITOR),
  },
  'node.eventlog': {several: true, take: takeChannel, miss: missChannel},
  'node.logs': {
    several: true,
    // Logs are long: that only their end was collected is as it should be.
    take: (before = NO_LOGS, file) => ({value: takeLog(before, file)}),
    miss: missOf(NO_LOGS),
  },
};

/** Objects of HNS out of the answers of both generations. */
function hnsObjects<K extends HnsKind>(kind: K): NodeReading<HnsKinds[K][], HnsAnswers<HnsKinds[K]>> {
  return {
    several: true,
    take: (before, file) => {
      const value = takeObjects(kind, before, file);
      return value ? {value} : {};
    },
    miss: missObjects,
    finish: answers => objectsOf(kind, answers),
  };
}

/**
 * A file that is one JSON value. With `byField` every fact of it says by itself that it is not known, so that one which could
 * not be had does not spoil the rest; a text that breaks off does.
 */
function json<T>(read: (value: unknown) => T | undefined, how?: 'byField'): NodeReading<T> {
  return {
    take: (_, {file, text, partial}) => {
      const {value: raw, problem} = readJson(text);
      const value = raw === undefined ? undefined : read(raw);
      if (value === undefined) return {gap: partial ?? broken(file, problem ?? 'it holds something else')};
      const cut = problem === undefined ? undefined : broken(file, problem);
      const gap = how === 'byField' ? cut && (partial ?? cut) : (partial ?? cut);
      return gap ? {value, gap} : {value};
    },
  };
}

/** The same, of which archives of others have a part in each of several files. */
function jsonOfSeveral<T extends object>(read: (value: unknown) => T | undefined): NodeReading<T> {
  const one = json(read, 'byField');
  return {
    take: (before, file) => {
      const taken = one.take(undefined, file);
      return taken.value === undefined ? taken : {...taken, value: {...before, ...taken.value}};
    },
  };
}

/** Evidence that keeps which of its files are missing. */
interface WithMissing {
  missing: {key: string; gap: Missing}[];
}

/** A file that is one JSON value among many of the same kind: one that cannot be read spoils no other. */
function oneOfMany<T extends WithMissing>(
  none: T,
  take: (before: T, file: string, value: unknown) => T | undefined,
): NodeReading<T>['take'] {
  return (before = none, {file, text, partial}) => {
    const {value: raw, problem} = readJson(text);
    const read = raw === undefined ? undefined : take(before, file, raw);
    const gap =
      problem === undefined && read
        ? partial
        : (partial ?? broken(file, problem ?? 'it holds something else'));
    const value = read ?? before;
    return {value: gap ? missOf(none)(value, keyOfFile(file), gap) : value};
  };
}

function missOf<T extends WithMissing>(none: T) {
  return (before: T | undefined, key: string, gap: Missing): T => {
    const {missing: known} = before ?? none;
    return {...(before ?? none), missing: [...known, {key, gap}]};
  };
}

function broken(file: string, problem: string): Missing {
  return missing('failed', `${file} cannot be read: ${problem}`);
}

const NO_EVENTS: EventLogs = {channels: [], events: [], frequent: []};

function takeChannel(before: EventLogs | undefined, {file, text, partial}: NodeText): Taken<EventLogs> {
  const {channels, events, frequent} = before ?? NO_EVENTS;
  const channel = channelOfFile(file);
  const {oldest, events: read, frequent: often} = readEvents(text, {file, channel, keep: isKnownEvent});
  const state = {channel, file, ...(oldest !== undefined && {oldest}), ...(partial && {gap: partial})};
  return {
    value: {
      channels: [...channels, state],
      events: [...events, ...read],
      frequent: [...frequent, ...often],
    },
  };
}

function missChannel(before: EventLogs | undefined, key: string, gap: Missing): EventLogs {
  const {channels, ...rest} = before ?? NO_EVENTS;
  const channel = key.slice('eventlog.'.length);
  return {channels: [...channels, {channel, file: `eventlog/${channel}.xml`, gap}], ...rest};
}
