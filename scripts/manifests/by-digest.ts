import {inOrder, objectsFor} from '../../src/agent-manifests/objects.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {yamlOf} from '../../plugin/services/agent-manifest.ts';
import {settingsOf} from '../../plugin/services/agent-settings.ts';

/** Manifests of the agent that install one image by its digest, by the names of their files. */
export function agentManifests(image: string): Map<string, string> {
  const on = (...os: AgentOs[]): string =>
    yamlOf(inOrder(objectsFor({...settingsOf({linux: false, 'max-unavailable': '10%', image}), os})));
  return new Map([
    ['agent-windows.yaml', on('windows')],
    ['agent-windows-linux.yaml', on('windows', 'linux')],
  ]);
}
