import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {putStub, objectAnswers, v1Answer, writeAnswers} from '../../helpers/stub.ts';
import {copyPrefix, endServer, wine, wineEnv, wineTemplate} from '../../helpers/wine-template.ts';
import {agentExe, packagedExe, winPath} from '../../helpers/wine.ts';
import type {Command} from '../parts/process.ts';

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

/** Makes the Windows of a pod below its root. `env` is that of its container. */
export async function windowsNode(root: string, env: Record<string, string>): Promise<WindowsNode> {
  const path = prefixOf(root);
  copyPrefix(await wineTemplate(), path);
  await putStub({path, driveC: join(path, 'drive_c'), programs: []});
  const answers = join(root, 'hns');
  writeAnswers(answers, ANSWERS);
  const exe = await agentExe();
  const inside = {
    ...env,
    ...wineEnv(path),
    CONTAINER_SANDBOX_MOUNT_POINT: winPath(root),
    KUBECTL_WIN_STUB_DIR: winPath(answers),
    // What `exec` runs (see programs.ts).
    KUBECTL_WIN_LAB_EXE: exe,
  };
  return {
    agent: args => ({file: wine(), args: [exe, ...args], env: inside}),
    runtime: {
      file: wine(),
      args: [await packagedExe('test/agent/programs/runtime-pipe.ts'), PIPE],
      env: inside,
    },
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
