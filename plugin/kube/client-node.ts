import type {KubeConfig} from '@kubernetes/client-node';
import type {Access} from './access.ts';

/**
 * The same access as @kubernetes/client-node wants it, for what that does well: exec and port-forward streams, OIDC,
 * proxies. It is loaded only then: a run without them need not pay for it.
 */
export async function clientNodeConfig(access: Access, proxyUrl?: string): Promise<KubeConfig> {
  const {KubeConfig} = await import('./kube-config.ts');
  const {cluster, user, impersonate} = access;
  const proxy = proxyUrl ?? cluster['proxy-url'];
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      {
        name: 'cluster',
        server: access.server,
        caData: cluster['certificate-authority-data'],
        caFile: cluster['certificate-authority'],
        // Over plain http there is nothing to verify, and without the flag client-node refuses it.
        skipTLSVerify: cluster['insecure-skip-tls-verify'] === true || access.server.startsWith('http:'),
        tlsServerName: cluster['tls-server-name'],
        ...(proxy && {proxyUrl: proxy}),
      },
    ],
    users: [
      {
        name: 'user',
        certData: user['client-certificate-data'],
        certFile: user['client-certificate'],
        keyData: user['client-key-data'],
        keyFile: user['client-key'],
        token: user.token,
        username: user.username,
        password: user.password,
        exec: user.exec,
        authProvider: user.tokenFile
          ? {name: 'tokenFile', config: {tokenFile: user.tokenFile}}
          : user['auth-provider'],
        impersonateUser: impersonate?.user,
      },
    ],
    contexts: [{name: access.name, cluster: 'cluster', user: 'user', namespace: access.namespace}],
    currentContext: access.name,
  });
  return config;
}
