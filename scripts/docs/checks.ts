import {AREAS} from '../../src/checks/define.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {table} from './markdown.ts';

/** What each area is about, for the table's headings. */
const AREA_TITLES: Record<(typeof AREAS)[number], string> = {
  SCH: 'Placement',
  POD: 'Pod specification',
  IMG: 'Images and the pause image',
  CRI: 'containerd',
  NOD: 'Node and operating system',
  ADV: 'Advisories',
  HNS: 'Host networking',
  SVC: 'Services',
  CNI: 'CNI',
  NET: 'Connectivity',
  DNS: 'DNS',
  KBL: 'kubelet and pods',
  LOG: 'LogMonitor and logs',
  IDN: 'Identity',
  STO: 'Storage',
  CLD: 'Providers',
  CIB: 'CI build infrastructure',
  EVT: 'Events',
  AGT: 'Agent',
};

/** The table of checks, by area. */
export function checkTable(): string {
  const parts = [
    '# Checks\n',
    `${CHECKS.length} checks, one file each: \`<area>/<name>.ts\`. \`kubectl win explain ID\` prints what one means, why it matters and how to mend it.`,
    'Evidence: A the Kubernetes API, N node state, P probes, L container logs, M manifests (also run by `lint`).\n',
  ];
  for (const area of AREAS) {
    const checks = CHECKS.filter(c => c.area === area);
    if (checks.length === 0) continue;
    parts.push(`## ${area}: ${AREA_TITLES[area]}\n`);
    const rows = checks.map(c => [c.id, c.name, c.severity, c.evidence.join(' '), c.title]);
    parts.push(table(['id', 'name', 'severity', 'evidence', 'fails when'], rows));
  }
  return parts.join('\n');
}
