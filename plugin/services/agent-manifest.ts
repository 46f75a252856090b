import {randomBytes} from 'node:crypto';
import {stringify} from 'yaml';
import {clusterRoles} from '../../src/agent-manifests/cluster-roles.ts';
import {inOrder, objectsFor} from '../../src/agent-manifests/objects.ts';
import type {ManifestObject} from '../../src/agent-manifests/settings.ts';
import {EXIT} from '../../src/report/exit.ts';
import {KEY_BYTES, formatKeys} from '../../src/protocol/key.ts';
import {UserError} from '../errors.ts';
import type {InstallFlags} from './agent-settings.ts';
import {settingsOf} from './agent-settings.ts';
import {writeResult} from './result.ts';

/** Flags of `agent manifest`. */
export interface AgentManifestFlags extends InstallFlags {
  roles: boolean;
  'no-key': boolean;
  openshift: boolean;
}

/** Prints the objects as a stream of YAML documents. */
export async function printManifest(flags: AgentManifestFlags): Promise<void> {
  await writeResult(yamlOf(flags.roles ? clusterRoles() : installed(flags)), undefined);
}

/** One document an object. Long commands and words stay on one line: no reader of YAML needs to fold them. */
export function yamlOf(objects: readonly ManifestObject[]): string {
  return objects.map(object => stringify(object, {lineWidth: 0, aliasDuplicateObjects: false})).join('---\n');
}

function installed(flags: AgentManifestFlags): ManifestObject[] {
  if (flags.ttl !== undefined) {
    throw new UserError(
      'a manifest cannot remove itself: what belongs to what is known only once it is applied',
      {
        code: 'bad-flag',
        fix: ['kubectl win agent install --ttl'],
        exitCode: EXIT.usage,
      },
    );
  }
  const key = flags['no-key'] ? {} : {key: formatKeys([randomBytes(KEY_BYTES)])};
  return inOrder(objectsFor({...settingsOf(flags), ...key, openShift: flags.openshift}));
}
