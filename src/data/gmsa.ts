/** A Container Credential Guard plug-in that fetches the domain account for nodes outside the domain. */
export interface GmsaPlugin {
  /** As it stands in `PluginGUID`, upper case, without braces. */
  guid: string;
  name: string;
  /** What `PluginInput` must look like, for people. */
  wants: string;
  /** Whether a text is such an input. */
  accepts(input: string): boolean;
  source: string;
}

/**
 * The plug-ins that are published, and what each reads from `PluginInput`. Microsoft documents the interface only
 * (https://learn.microsoft.com/windows/win32/api/ccgplugins/nf-ccgplugins-iccgdomainauthcredentials-getpasswordcredentials):
 * an unknown GUID is somebody's own plug-in and says nothing about its input.
 */
export const GMSA_PLUGINS: readonly GmsaPlugin[] = [
  {
    guid: '859E1386-BDB4-49E8-85C7-3070B13920E1',
    name: "Amazon's plug-in",
    wants:
      '`{"credentialArn": "arn:aws:secretsmanager:…"}`, the ARN of a secret or an SSM parameter, as a string of JSON',
    accepts: isCredentialArn,
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows-gmsa.html',
  },
  {
    guid: 'CCC2A336-D7F3-4818-A213-272B7924213E',
    name: "Azure's Key Vault plug-in",
    wants:
      '`ObjectId=<object id of the managed identity>;SecretUri=https://<vault>.vault.azure.net/secrets/<name>`',
    accepts: input =>
      /^ObjectId=[^;]{1,200};SecretUri=https:\/\/[^;/]{1,253}\/secrets\/[^;]{1,200}$/i.test(
        input.replace(/;$/, ''),
      ),
    source: 'https://learn.microsoft.com/azure/aks/use-group-managed-service-accounts',
  },
  {
    guid: 'E4781092-F116-4B79-B55E-28EB6A224E26',
    name: "Rancher's plug-in",
    wants: '`<namespace of the account provider>:<name of the Secret>`',
    accepts: input => /^[a-z0-9.-]{1,253}:[a-z0-9.-]{1,253}$/.test(input),
    source: 'https://github.com/rancher/Rancher-Plugin-gMSA',
  },
];

/** The plug-in of a GUID, in braces or without, in any case; undefined where it is nobody's that is known. */
export function gmsaPluginOf(guid: string): GmsaPlugin | undefined {
  const bare = guid.replaceAll(/[{}]/g, '').toUpperCase();
  return GMSA_PLUGINS.find(plugin => plugin.guid === bare);
}

function isCredentialArn(input: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(input);
  } catch {
    return false;
  }
  if (typeof parsed !== 'object' || parsed === null) return false;
  return Object.entries(parsed).some(
    ([key, value]) =>
      key.toLowerCase() === 'credentialarn' &&
      typeof value === 'string' &&
      /^arn:aws[a-z-]{0,20}:(secretsmanager|ssm):/.test(value),
  );
}
