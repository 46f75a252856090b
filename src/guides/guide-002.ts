import {statementsOf} from './statement.ts';

/** Kubernetes build infrastructure. */
export const GUIDE_002 = statementsOf('002', [
  ['48', 'the account of the connector has the rights that CI needs', 'CIB013'],
  ['50', 'the delegate runs in the same cluster', 'CIB002'],
  ['50', 'there is room for the delegate and the builds', 'SCH012'],
  ['54-56', 'Docker in Docker needs privileged mode, else another infrastructure', 'CIB005'],
  ['60-64', 'GKE Autopilot is not recommended: no privileged pods, limits equal requests', 'CIB012'],
  [
    '75-90',
    'what the example stage costs on Autopilot',
    'CIB012',
    '! the sums are wrong: its own list gives 18 GB and 8 CPUs',
  ],
  [
    '98-113',
    'under STRICT mutual TLS of Istio the namespace of the delegate has a headless Service',
    'CIB010',
  ],
  ['100-113', 'the example of that Service', 'POD015', '! its ports are null'],
  [
    '119-142',
    'how the connector and its delegate are chosen in the user interface',
    '',
    'a matter of the CI service',
  ],
  ['164-172', 'how the infrastructure is chosen in the user interface', '', 'a matter of the CI service'],
  [
    '179-204',
    '`type`, `connectorRef`, `namespace` and `os` are there',
    'CIB002 CIB014',
    '! a missing `os` means Linux: a warning, an error beside a selector for Windows',
  ],
  ['179-195', 'the token of the account is mounted; it is the default', 'CIB006'],
  ['196', 'the node selector is empty by default', 'CIB007'],
  ['214-218', 'a service account of your own where steps or the connector need one', 'CIB002'],
  [
    '222-238',
    'Run as User and Run as Non-Root set Linux ids for all containers; kaniko needs root',
    'POD003 POD005 CIB004 CIB005',
  ],
  ['244', 'the init timeout is 8 minutes, and large images exceed it', 'CIB008 IMG010'],
  ['248', 'annotations may hold what labels may not', ''],
  ['252-256', 'pods of a stage are found by its labels', '', '`-l` selects pods in every command'],
  [
    '260-264',
    'values of labels match a regular expression',
    'CIB009',
    "! as printed it refuses `my-stage` and single letters and takes `a]b`; Kubernetes' own rule is used",
  ],
  ['266-276', 'CI adds labels with the names of stage, pipeline, project and organisation', 'CIB009'],
  ['281-293', 'tolerations allow nodes and demand none', 'CIB007 SCH003'],
  ['297-311', 'tolerations of one key need an `identifier` each', 'CIB014'],
  ['319', 'self-signed certificates have a page of their own', 'CIB011', 'on Windows they cannot be mounted'],
]);
