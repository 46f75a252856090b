import {stringify} from 'yaml';
import {fields, text} from '../../src/kube/shape.ts';
import type {ServerVersion} from '../../src/kube/types.ts';
import {HttpApiReader} from '../kube/api-reader.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {clientVersion, toolVersion} from '../version.ts';
import type {ClusterFlags} from './access.ts';
import {accessOptions} from './access.ts';
import {writeResult} from './result.ts';

export interface VersionFlags extends ClusterFlags {
  client: boolean;
  output: 'text' | 'json' | 'yaml';
}

const serverVersion = fields<ServerVersion>(
  {major: text, minor: text, gitVersion: text, platform: text},
  {gitVersion: 'unknown'},
);

/** Prints the version of this program, and of the server unless only the client's was asked for. */
export async function printVersion(flags: VersionFlags, signal: AbortSignal): Promise<void> {
  const server = flags.client ? undefined : await askServer(flags, signal);
  if (flags.output === 'text') {
    const lines = [clientVersion(), ...(server ? [`Server Version: ${server.gitVersion}`] : [])];
    await writeResult(`${lines.join('\n')}\n`, undefined);
    return;
  }
  const answer = {
    apiVersion: 'kubectl-win/v1',
    kind: 'Version',
    client: {version: toolVersion(), node: process.versions.node},
    ...(server && {server}),
  };
  const text = flags.output === 'json' ? `${JSON.stringify(answer, undefined, 2)}\n` : stringify(answer);
  await writeResult(text, undefined);
}

async function askServer(flags: VersionFlags, signal: AbortSignal): Promise<ServerVersion | undefined> {
  const reader = new HttpApiReader(loadKubeconfig(accessOptions(flags)));
  try {
    const {text: body} = await reader.get('/version', {signal});
    return serverVersion(JSON.parse(body), '', undefined);
  } finally {
    await reader.close();
  }
}
