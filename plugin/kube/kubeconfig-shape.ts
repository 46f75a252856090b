import type {Reader} from '../../src/kube/shape.ts';
import {anything, fields, flag, list, mapOf, text} from '../../src/kube/shape.ts';

/** `clusters[].cluster` of a kubeconfig, with the file's own field names. */
export interface ClusterEntry {
  server?: string;
  'tls-server-name'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'proxy-url'?: string;
  'disable-compression'?: boolean;
  extensions?: {name: string; extension?: unknown}[];
}

/** `users[].user.exec`: a command that prints credentials (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/). */
export interface ExecEntry {
  command: string;
  args?: string[];
  env?: {name: string; value: string}[];
  apiVersion?: string;
  installHint?: string;
  provideClusterInfo?: boolean;
  interactiveMode?: string;
}

/** `users[].user`. */
export interface UserEntry {
  'client-certificate'?: string;
  'client-certificate-data'?: string;
  'client-key'?: string;
  'client-key-data'?: string;
  token?: string;
  tokenFile?: string;
  as?: string;
  'as-uid'?: string;
  'as-groups'?: string[];
  'as-user-extra'?: Record<string, string[]>;
  username?: string;
  password?: string;
  'auth-provider'?: {name: string; config?: Record<string, string>};
  exec?: ExecEntry;
}

/** `contexts[].context`. */
export interface ContextEntry {
  cluster?: string;
  user?: string;
  namespace?: string;
}

/** A kubeconfig file as far as it is read. */
export interface KubeconfigFile {
  'current-context'?: string;
  clusters?: {name: string; cluster: ClusterEntry}[];
  users?: {name: string; user: UserEntry}[];
  contexts?: {name: string; context: ContextEntry}[];
}

const cluster = fields<ClusterEntry>({
  server: text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': flag,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'proxy-url': text,
  'disable-compression': flag,
  extensions: list(
    fields<{name: string; extension?: unknown}>({name: text, extension: anything}, {name: ''}),
  ),
});

const exec = fields<ExecEntry>(
  {
    command: text,
    args: list(text),
    env: list(fields<{name: string; value: string}>({name: text, value: text}, {name: '', value: ''})),
    apiVersion: text,
    installHint: text,
    provideClusterInfo: flag,
    interactiveMode: text,
  },
  {command: ''},
);

const user = fields<UserEntry>({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  as: text,
  'as-uid': text,
  'as-groups': list(text),
  'as-user-extra': mapOf(list(text)),
  username: text,
  password: text,
  'auth-provider': fields<{name: string; config?: Record<string, string>}>(
    {name: text, config: mapOf(text)},
    {name: ''},
  ),
  exec,
});

const context = fields<ContextEntry>({cluster: text, user: text, namespace: text});

/** Reads a parsed kubeconfig; what has a wrong type is reported with its place. */
export const kubeconfigShape: Reader<KubeconfigFile> = fields<KubeconfigFile>({
  'current-context': text,
  clusters: list(
    fields<{name: string; cluster: ClusterEntry}>({name: text, cluster}, {name: '', cluster: {}}),
  ),
  users: list(fields<{name: string; user: UserEntry}>({name: text, user}, {name: '', user: {}})),
  contexts: list(
    fields<{name: string; context: ContextEntry}>({name: text, context}, {name: '', context: {}}),
  ),
});
