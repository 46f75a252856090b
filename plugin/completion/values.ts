/** Words that are always the same, for flags that have no options of their own. */
export const LISTS = {
  confirm: ['0', '60s'],
  coverage: ['0.9', '0.95', '0.99'],
  duration: ['5m', '30m', '1h', '24h'],
  level: ['Critical', 'Error', 'Warning', 'Information', 'Verbose'],
  'log-format': ['text', 'raw', 'json', 'ndjson', 'csv', 'template='],
  'record-source': ['EventLog', 'File', 'ETW', 'Process', 'Monitor', 'Raw'],
  'resource-type': [
    'pod/',
    'deployment/',
    'statefulset/',
    'daemonset/',
    'replicaset/',
    'job/',
    'cronjob/',
    'service/',
    'node/',
  ],
} as const;

/** What a flag or an argument names: where its words come from. */
export type ValueKind =
  | keyof typeof LISTS
  | 'check'
  | 'cluster'
  | 'container'
  | 'context'
  | 'explainable'
  | 'file'
  | 'log-target'
  | 'namespace'
  | 'namespaced-pod'
  | 'namespaced-service'
  | 'node'
  | 'service-account'
  | 'user'
  | 'vip';

/**
 * By the name of the flag, which means one thing in every command; `COMMAND NAME` where it does not. Flags with options need no
 * entry, and what nobody can list (a token, a regular expression) has none.
 */
export const FLAG_VALUES: Readonly<Record<string, ValueKind>> = {
  baseline: 'file',
  'certificate-authority': 'file',
  check: 'check',
  'ci-namespace': 'namespace',
  'ci-service-account': 'service-account',
  cluster: 'cluster',
  container: 'container',
  confirm: 'confirm',
  context: 'context',
  coverage: 'coverage',
  'file-input': 'file',
  from: 'file',
  'from-source': 'record-source',
  identity: 'file',
  ignore: 'file',
  kubeconfig: 'file',
  level: 'level',
  'logs output': 'log-format',
  namespace: 'namespace',
  node: 'node',
  'output-file': 'file',
  pod: 'namespaced-pod',
  'recipients-file': 'file',
  redactor: 'file',
  resume: 'file',
  service: 'namespaced-service',
  since: 'duration',
  skip: 'check',
  user: 'user',
  vip: 'vip',
};

/** Arguments by command and place; the last goes on where a command takes many. */
export const ARGUMENT_VALUES: Readonly<Record<string, readonly ValueKind[]>> = {
  'bundle diff': ['file', 'file'],
  'bundle inspect': ['file'],
  'bundle redact': ['file'],
  'bundle serve': ['file'],
  'bundle verify': ['file'],
  explain: ['explainable'],
  'hns diff': ['node', 'node'],
  lint: ['file'],
  logs: ['log-target'],
};
