/** Writes `windows/manifests` and the chart from the same functions that `agent install` applies; `--check` says whether they differ. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {clusterRoles} from '../src/agent-manifests/cluster-roles.ts';
import {doctorSchedule} from '../src/agent-manifests/doctor-schedule.ts';
import {netSchedule} from '../src/agent-manifests/net-schedule.ts';
import {inOrder, objectsFor} from '../src/agent-manifests/objects.ts';
import {PLUGIN_IMAGE} from '../src/protocol/names.ts';
import type {AgentOs} from '../src/protocol/names.ts';
import {settingsOf} from '../plugin/services/agent-settings.ts';
import {yamlOf} from '../plugin/services/agent-manifest.ts';
import {toolVersion} from '../plugin/version.ts';
import {chart, helmTemplate} from './manifests/helm.ts';
import {kustomization} from './manifests/kustomize.ts';

const folder = join(import.meta.dirname, '..', 'windows');
/** What stands in the file: an overlay of kustomize sets the image, and the argument where there is another gateway. */
const SCHEDULE = {
  image: `${PLUGIN_IMAGE}:v${toolVersion()}`,
  cron: '*/15 * * * *',
  pushGateway: 'http://pushgateway.monitoring:9091',
};
const HEAD = '# Written by scripts/manifests.ts.\n';

const files = new Map([
  ['manifests/agent-windows.yaml', yamlOf(inOrder(objectsFor(on('windows'))))],
  ['manifests/agent-windows-linux.yaml', yamlOf(inOrder(objectsFor(on('windows', 'linux'))))],
  ['manifests/roles.yaml', yamlOf(clusterRoles())],
  ['manifests/kustomization.yaml', kustomization(['agent-windows.yaml'])],
  ['schedule/cronjob.yaml', yamlOf(netSchedule(SCHEDULE))],
  ['schedule/doctor-cronjob.yaml', yamlOf(doctorSchedule({...SCHEDULE, cron: '*/30 * * * *'}))],
  ['chart/Chart.yaml', chart(toolVersion())],
  ['chart/templates/agent.yaml', helmTemplate(toolVersion())],
]);

for (const [name, text] of files) {
  const file = join(folder, name);
  if (!process.argv.includes('--check')) writeFileSync(file, HEAD + text);
  else if (read(file) !== HEAD + text) {
    console.error(`windows/${name} is not what the code says: node scripts/manifests.ts`);
    process.exitCode = 1;
  }
}

function on(...os: AgentOs[]): ReturnType<typeof settingsOf> {
  return {...settingsOf({linux: false, 'max-unavailable': '10%'}), os};
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
