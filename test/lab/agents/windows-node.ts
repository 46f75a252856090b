import {existsSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {WITH_COMPARTMENTS, putCompartments} from '../../helpers/compartments.ts';
import {putStub, objectAnswers, v1Answer, writeAnswers} from '../../helpers/stub.ts';
import {
  copyPrefix,
  endServer,
  ensureServer,
  wine,
  wineEnv,
  wineTemplate,
} from '../../helpers/wine-template.ts';
import {agentExe, packagedExe, winPath} from '../../helpers/wine.ts';
import type {Sandbox} from '../net/runtimes.ts';
import type {Command} from '../parts/process.ts';
import {namespaceAnswers, writeWindowsPods} from './windows-pods.ts';

/** A Windows of a pod's own: Wine, with stub DLLs of HNS and HCS and a container runtime on its named pipe. */
export interface WindowsNode {
  /** Runs the packaged agent in it. */
  agent(args: readonly string[]): Command;
  /** The container runtime. */
  runtime: Command;
}

const PIPE = '\\\\.\\pipe\\containerd-containerd';
/** What HNS of a healthy node has, as far as the tests of the lab look. */
const NETWORK = '11111111-0000-4000-8000-000000000001';
const ENDPOINT = '22222222-0000-4000-8000-000000000001';
const ANSWERS = {
  ...v1Answer('globals.version', '{"Major":13,"Minor":3}'),
  ...v1Answer('networks', `[{"ID":"${NETWORK}","Name":"flannel.4096","Type":"Overlay","State":1}]`),
  ...v1Answer('endpoints', `[{"ID":"${ENDPOINT}","VirtualNetwork":"${NETWORK}","State":3}]`),
  ...v1Answer('policylists', '[]'),
  ...v1Answer('namespaces', '[]'),
  ...v1Answer('portpools', '[]'),
  ...objectAnswers('network', {[NETWORK]: `{"ID":"${NETWORK}","Name":"flannel.4096","Type":"Overlay"}`}),
  ...objectAnswers('endpoint', {[ENDPOINT]: `{"ID":"${ENDPOINT}","HostComputeNetwork":"${NETWORK}"}`}),
  ...objectAnswers('loadbalancer', {}),
  ...objectAnswers('namespace', {}),
  ...objectAnswers('sdnroute', {}),
  'hcs/systems.json': '[]',
};

const prefixOf = (root: string): string => join(root, 'windows');

/** What the Windows of a pod is made with. */
export interface WindowsSetup {
  /** Of the pod's container. */
  readonly env: Record<string, string>;
  /** Where its programs run. */
  readonly placed: (command: Command) => Command;
  /** Pods that its programs find, each in a compartment; without them it has no compartments. */
  readonly pods?: readonly Sandbox[] | undefined;
}

/** Makes the Windows of a pod below its root. */
export async function windowsNode(root: string, {env, placed, pods}: WindowsSetup): Promise<WindowsNode> {
  const path = prefixOf(root);
  // What a start that failed has left.
  endWindowsNode(root);
  rmSync(path, {recursive: true, force: true});
  copyPrefix(await wineTemplate(), path);
  const prefix = {path, driveC: join(path, 'drive_c'), programs: []};
  await putStub(prefix);
  const answers = join(root, 'hns');
  writeAnswers(answers, {...ANSWERS, ...namespaceAnswers(pods ?? [])});
  if (pods) {
    await putCompartments(prefix);
    writeWindowsPods(answers, pods);
  }
  const exe = await agentExe();
  const runtime = await packagedExe('test/agent/programs/runtime-pipe.ts');
  ensureServer(path, placed);
  const inside = {
    ...env,
    ...wineEnv(path),
    ...(pods && WITH_COMPARTMENTS),
    CONTAINER_SANDBOX_MOUNT_POINT: winPath(root),
    KUBECTL_WIN_STUB_DIR: winPath(answers),
    // What `exec` runs (see programs.ts).
    KUBECTL_WIN_LAB_EXE: exe,
  };
  return {
    agent: args => placed({file: wine(), args: [exe, ...args], env: inside}),
    runtime: placed({file: wine(), args: [runtime, PIPE], env: inside}),
  };
}

/** Ends whatever runs in the Windows of a pod, where it is one. */
export function endWindowsNode(root: string): void {
  if (existsSync(prefixOf(root))) endServer(prefixOf(root));
}

/** Ends every Windows of a lab's pods, whose folder this is. */
export function endWindowsNodes(pods: string): void {
  if (!existsSync(pods)) return;
  for (const name of readdirSync(pods)) endWindowsNode(join(pods, name));
}
