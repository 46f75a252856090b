import {createHash} from 'node:crypto';
import {decodeText} from '../../src/capture/decode.ts';
import {CollectError} from '../collect/collector.ts';
import {namesOf, readBelow, wordsOf} from './container-path.ts';
import type {ContainerVolume} from './container-volume.ts';
import {locate, volumesOf} from './container-volume.ts';
import {fileVersion} from './file-version.ts';
import type {Folder, NodeView} from './node-view.ts';

/** A running container, as the child process is asked about it. */
export interface AskedContainer {
  namespace: string;
  pod: string;
  container: string;
  /** Of its first process, on the host. */
  pid: number;
  /** Whether its command line names LogMonitor. */
  entrypoint: boolean;
}

/** `logmonitor/<namespace>_<pod>_<container>.json`. */
export interface LogMonitorState {
  namespace: string;
  pod: string;
  container: string;
  /** How it is known: the container's own command line, or a process of that name inside it. */
  runs: 'entrypoint' | 'process';
  config: {path: string; text: string} | null;
  /** Why there is no configuration; null where there is one. */
  configError: string | null;
  program: {path: string; bytes: number; sha256: string} | null;
  /** Why there is no program; null where there is one. */
  programError: string | null;
  /** File version of the program as it says itself (see `fileVersion`). */
  version: string | null;
}

const PROGRAM = 'logmonitor.exe';
const CONFIG_FOLDER = String.raw`C:\LogMonitor`;
/** Where LogMonitor looks unless `/Config` says otherwise. */
const DEFAULT_CONFIG = String.raw`C:\LogMonitor\LogMonitorConfig.json`;
/** Configurations have a few kilobytes; a tenant may write any size. */
const MAX_CONFIG_BYTES = 1024 * 1024;
/** LogMonitor has one megabyte. */
const MAX_PROGRAM_BYTES = 16 * 1024 * 1024;

/** A LogMonitor that runs. */
interface Running {
  pid: number;
  device: string;
  path: string;
}

/** Looks at containers; those without LogMonitor have no answer. */
export function* inspect(
  asked: readonly AskedContainer[],
  view: NodeView,
): Generator<[AskedContainer, LogMonitorState]> {
  const running = runningMonitors(view);
  const pids = asked.map(({pid}) => pid);
  const volumes = volumesOf(pids, view);
  for (const [i, container] of asked.entries()) {
    const device = locate(container.pid, view)?.device.toLowerCase();
    const volume = volumes[i];
    const monitor = running.find(each => each.device.toLowerCase() === device);
    if (!volume || (!monitor && !container.entrypoint)) continue;
    const {namespace, pod, container: name, entrypoint} = container;
    yield [
      container,
      {
        namespace,
        pod,
        container: name,
        runs: entrypoint ? 'entrypoint' : 'process',
        ...stateOf(view, volume, monitor),
      },
    ];
  }
}

type Found = Omit<LogMonitorState, 'namespace' | 'pod' | 'container' | 'runs'>;
type FoundProgram = Pick<Found, 'program' | 'programError' | 'version'>;

function stateOf(view: NodeView, volume: ContainerVolume, monitor: Running | undefined): Found {
  if ('why' in volume) return without(volume.why);
  try {
    const root = view.openVolume(volume.device);
    try {
      return {...configOf(root, view, monitor), ...programOf(root, monitor)};
    } finally {
      root.close();
    }
  } catch (error) {
    return without(wordsOf(error));
  }
}

function without(why: string): Found {
  return {config: null, configError: why, ...withoutProgram(why)};
}

function withoutProgram(programError: string): FoundProgram {
  return {program: null, programError, version: null};
}

function configOf(
  root: Folder,
  view: NodeView,
  monitor: Running | undefined,
): Pick<Found, 'config' | 'configError'> {
  const path = configPath(monitor ? argumentsOf(view, monitor.pid) : null);
  const names = namesOf(path);
  if (!names)
    return {
      config: null,
      configError: `/Config names ${JSON.stringify(path)}, which is no plain path on drive C`,
    };
  try {
    const {text} = decodeText(readBelow(root, names, MAX_CONFIG_BYTES));
    return {config: {path, text}, configError: null};
  } catch (error) {
    return {config: null, configError: `${path}: ${wordsOf(error)}`};
  }
}

/** Where Windows refuses to tell a command line, the usual place is looked at. */
function argumentsOf(view: NodeView, pid: number): readonly string[] | null {
  try {
    return view.argumentsOf(pid);
  } catch (error) {
    if (error instanceof CollectError) return null;
    throw error;
  }
}

/** What `/Config` names; a name alone lies beside the program, the only place that LogMonitor 2.2 takes. */
function configPath(args: readonly string[] | null): string {
  const at = args?.findIndex(arg => arg.toLowerCase() === '/config') ?? -1;
  const named = at === -1 ? undefined : args?.[at + 1];
  if (named === undefined) return DEFAULT_CONFIG;
  return /[\\/:]/.test(named) ? named : `${CONFIG_FOLDER}\\${named}`;
}

function programOf(root: Folder, monitor: Running | undefined): FoundProgram {
  if (!monitor) return withoutProgram('no process of the container is called LogMonitor.exe');
  const path = `C:\\${monitor.path}`;
  const names = namesOf(path);
  if (!names) return withoutProgram(`${JSON.stringify(path)} is no plain path on drive C`);
  try {
    const bytes = readBelow(root, names, MAX_PROGRAM_BYTES);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return {
      program: {path, bytes: bytes.byteLength, sha256},
      programError: null,
      version: fileVersion(bytes),
    };
  } catch (error) {
    return withoutProgram(`${path}: ${wordsOf(error)}`);
  }
}

function runningMonitors(view: NodeView): Running[] {
  return view.processes().flatMap(({pid, image}) => {
    if (image.toLowerCase() !== PROGRAM) return [];
    const located = locate(pid, view);
    return located ? [{pid, ...located}] : [];
  });
}
