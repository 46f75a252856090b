import {statementsOf} from './statement.ts';

/** Running Windows containers. */
export const GUIDE_001 = statementsOf('001', [
  ['19', 'kubectl is the same for both systems', '', "the tool follows kubectl's flags and files"],
  ['31', 'the cluster has a Windows worker', 'SCH005'],
  ['91-104', 'all nodes are healthy, and both pods become ready', 'NOD001 KBL001 KBL002 KBL003'],
  [
    '41-83',
    'an example web server',
    'SCH010 SCH014 IMG013',
    '! it has no limits, no `spec.os`, and no toleration for the taint that the guide sets',
  ],
  ['108-109', 'pods are listed; a node reaches port 80 of a pod', 'NET004'],
  [
    '111',
    'pods reach pods, across nodes as well',
    'NET001 NET002 NET008',
    'by TCP: ping follows no outbound NAT rule',
  ],
  ['113-114', 'nodes and pods reach the address of a Service', 'NET003'],
  ['115', 'the name of a Service resolves with the default suffix', 'DNS001 DNS004'],
  ['116', 'a NodePort is reached from outside', 'NET005'],
  ['117', 'pods reach the outside', 'NET006'],
  ['120-121', 'a Windows node reaches no Service whose pods it runs', 'NET013', 'by design, never an error'],
  [
    '132-140',
    'LogMonitor brings event logs and ETW to standard output',
    'LOG001 LOG002 LOG003 LOG004 LOG005 LOG006 LOG007 LOG008',
  ],
  ['146-148', 'containers may run as a user of your choice', 'POD003 POD004 POD005'],
  [
    '152-156',
    'containers may have a domain identity (gMSA)',
    'IDN001 IDN002 IDN003 IDN004 IDN005 IDN006 IDN007 IDN008',
  ],
  [
    '160, 199-210',
    'a taint on all Windows nodes keeps Linux pods off',
    'SCH008 SCH009 SCH015',
    '! pods that tolerate everything pass it all the same',
  ],
  ['165-168', 'every pod says its OS in `spec.os.name`', 'SCH014 SCH011'],
  [
    '170-173',
    'before 1.24 a feature gate is needed; the field is called `.spec.pod.os`',
    '',
    '! the field is `.spec.os`; `lint --kubernetes-version` knows the versions',
  ],
  [
    '176-184',
    'the scheduler does not look at `spec.os.name`',
    'SCH013',
    '! judged only where the OS is meant and nothing pins it',
  ],
  ['189-192', 'labels of OS and architecture are on all nodes', 'NOD017'],
  ['194-197', 'without a selector a pod may land on any node', 'SCH001 SCH002'],
  ['208-220', 'a Windows pod needs a selector and a toleration', 'SCH002 SCH003'],
  [
    '224-237',
    'the Windows version of a pod is that of its node; the label of the build tells them apart',
    'IMG001 IMG013 SCH006 NOD003 SCH004',
    '! from Windows Server 2022 on a node runs the release before its own, too',
  ],
  [
    '241-267',
    'a RuntimeClass carries selector and tolerations',
    'SCH007 CRI007 SCH011',
    '! lint resolves a class within its input only',
  ],
  [
    '271-314',
    'an example with a RuntimeClass',
    'POD015 SCH014',
    '! its `selector` stands one column short and does not parse',
  ],
]);
