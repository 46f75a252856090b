import {AGENT_IMAGE, PLUGIN_IMAGE} from '../../src/protocol/names.ts';
import {toolVersion} from '../version.ts';

/** The agent's image that belongs to this program; the build names the registry that it was pushed to, by digest. */
export function defaultImage(): string {
  return process.env['KUBECTL_WIN_AGENT_IMAGE'] ?? `${AGENT_IMAGE}:v${toolVersion()}`;
}

/** The image that has this program. */
export function pluginImage(): string {
  return `${PLUGIN_IMAGE}:v${toolVersion()}`;
}
