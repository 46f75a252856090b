import {UserError} from '../errors.ts';
import type {Access} from './access.ts';
import {clientNodeConfig} from './client-node.ts';
import type {Credential, Credentials} from './credential.ts';

/** What replaced the providers that kubectl 1.26 dropped. */
const REPLACED: Readonly<Record<string, string>> = {
  gcp: 'install `gke-gcloud-auth-plugin`, then `gcloud container clusters get-credentials NAME`',
  azure: 'install `kubelogin`, then `kubelogin convert-kubeconfig`',
};

/** `auth-provider` of a user: only `oidc` is left of them, and @kubernetes/client-node knows how to refresh it. */
export function legacyProvider(access: Access, name: string): Credentials {
  if (name !== 'oidc') {
    throw new UserError(
      `the kubeconfig uses the auth provider \`${name}\`, which kubectl no longer has either`,
      {
        code: 'auth-provider',
        fix: [REPLACED[name] ?? 'use an exec credential plug-in instead'],
      },
    );
  }
  let shared: Promise<Credential> | undefined;
  const read = async (): Promise<Credential> => {
    const config = await clientNodeConfig(access);
    const options: {headers?: Record<string, unknown>} = {};
    await config.applyToHTTPSOptions(options);
    const authorization = options.headers?.['Authorization'];
    return typeof authorization === 'string' ? {authorization} : {};
  };
  return {
    current: () => (shared ??= read()),
    renew: async used => {
      shared = read();
      return (await shared).authorization !== used.authorization;
    },
  };
}
