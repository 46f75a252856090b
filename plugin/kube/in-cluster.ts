import {existsSync, readFileSync} from 'node:fs';
import type {Access} from './access.ts';

/** Where a pod finds its service account (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What a pod knows of its own cluster, or `undefined` outside of one. `root` is where its file system begins. */
export function inClusterAccess(env: NodeJS.ProcessEnv, root = ''): Access | undefined {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  const folder = root + SERVICE_ACCOUNT;
  const tokenFile = `${folder}/token`;
  if (!host || !port || !existsSync(tokenFile)) return undefined;
  const namespaceFile = `${folder}/namespace`;
  return {
    name: 'in-cluster',
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    namespace: existsSync(namespaceFile) ? readFileSync(namespaceFile, 'utf8').trim() : 'default',
    cluster: {'certificate-authority': `${folder}/ca.crt`},
    user: {tokenFile},
  };
}
