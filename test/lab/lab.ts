/** The lab as tests use it: each test file starts its own, all of them can run side by side. */
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {NET_SIZE, type NetSize} from './net/topology.ts';
import {Api} from './parts/api.ts';
import {down, labNames, up, type UpOptions} from './parts/lab.ts';
import {LabDir} from './parts/places.ts';
import {tokenOf, USERS, type User} from './parts/users.ts';

/** A running lab. Whoever started it stops it. */
export interface TestLab {
  readonly name: string;
  readonly server: string;
  /** When the lab began to start, milliseconds since 1970: a scene's relative times count from here. */
  readonly startedAt: number;
  /** Path of each user's kubeconfig. */
  readonly kubeconfigs: Readonly<Record<User, string>>;
  readonly tokens: Readonly<Record<User, string>>;
  /** Talks to the API server as `admin`. */
  readonly api: Api;
  /** Directory with logs and state. */
  readonly root: string;
  /** Runs the lab's own kubectl, as `admin` unless told otherwise; answers what it prints, throws if it fails. */
  kubectl(args: readonly string[], user?: User): Promise<string>;
  stop(): Promise<void>;
}

/** As `scripts/lab up` has them; the scene is `healthy` unless told otherwise. */
export type StartOptions = Partial<Omit<UpOptions, 'name' | 'say'>>;

/** Starts a lab whose nodes and pods have real networks; it is taken down, too, where this process ends without doing so. */
export async function startNetLab({
  nodes = NET_SIZE.nodes,
  real = NET_SIZE.real,
  wine = false,
  compartments = false,
}: Partial<NetSize> & Pick<StartOptions, 'wine' | 'compartments'> = {}): Promise<TestLab> {
  return startLab({scene: 'net', net: {nodes, real, owner: process.pid}, agents: true, wine, compartments});
}

let started = 0;

/** Ends labs of test processes that are gone: one that is killed stops nothing. */
async function endAbandoned(): Promise<void> {
  for (const name of labNames()) {
    const pid = Number(/^test-(\d+)-\d+$/.exec(name)?.[1]);
    if (pid && !isRunning(pid)) await down(name);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts a lab under a name that no other test uses and loads the scene. */
export async function startLab({scene = 'healthy', ...more}: StartOptions = {}): Promise<TestLab> {
  await endAbandoned();
  const name = `test-${process.pid}-${started++}`;
  const startedAt = Date.now();
  const facts = await up({...more, name, scene, say: line => process.stderr.write(`${line}\n`)});
  const lab = new LabDir(name);
  const api = new Api(facts.server, lab.path('pki', 'apiserver.crt'), tokenOf(lab, 'admin'));
  return {
    name,
    server: facts.server,
    startedAt,
    kubeconfigs: forEachUser(user => lab.kubeconfig(user)),
    tokens: forEachUser(user => tokenOf(lab, user)),
    api,
    root: lab.root,
    async kubectl(args, user = 'admin') {
      const run = promisify(execFile);
      const {stdout} = await run(facts.kubectl, [`--kubeconfig=${lab.kubeconfig(user)}`, ...args], {
        maxBuffer: 512 * 2 ** 20,
        env: {...process.env, KUBERC: 'off'},
      });
      return stdout;
    },
    async stop() {
      api.close();
      await down(name);
    },
  };
}

function forEachUser<T>(value: (user: User) => T): Record<User, T> {
  // One entry for each user, by construction.
  return Object.fromEntries(USERS.map(user => [user, value(user)])) as Record<User, T>;
}
