import test from 'ava';
import check from '../../../src/checks/idn/gmsa-spec-invalid.ts';
import {judge} from '../../../src/checks/engine.ts';
import {GMSA_PLUGINS} from '../../../src/data/gmsa.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {credentialSpec, gmsaCluster} from '../../helpers/gmsa.ts';
import type {Json} from '../../helpers/raw.ts';

const spec = (edit: (credspec: Json) => void) => healthy().add(credentialSpec(edit));
const hosted = (guid: string, input: unknown, version: unknown = '1') =>
  spec(c => {
    c.ActiveDirectoryConfig.HostAccountConfig = {
      PluginGUID: guid,
      PluginInput: input,
      PortableCcgVersion: version,
    };
  });
const found = (cause: string, says?: RegExp) => ({
  severity: 'error' as const,
  subjects: ['GMSACredentialSpec//webapp'],
  cause,
  ...(says && {says}),
});
const AMAZON = '{859E1386-BDB4-49E8-85C7-3070B13920E1}';
const AZURE = '{CCC2A336-D7F3-4818-A213-272B7924213E}';
const RANCHER = '{e4781092-f116-4b79-b55e-28eb6a224e26}';
const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:invented';

checkCases({
  check,
  finds: {
    'no credspec at all': () => [
      healthy().add({
        apiVersion: 'windows.k8s.io/v1',
        kind: 'GMSACredentialSpec',
        metadata: {name: 'webapp'},
      }),
      found('schema'),
    ],
    'no Active Directory plug-in': () => [spec(c => delete c.CmsPlugins), found('schema', /CmsPlugins/)],
    'no accounts': () => [
      spec(c => (c.ActiveDirectoryConfig.GroupManagedServiceAccounts = [])),
      found('schema', /GroupManagedServiceAccounts/),
    ],
    'an account without a scope': () => [
      spec(c => delete c.ActiveDirectoryConfig.GroupManagedServiceAccounts[1].Scope),
      found('schema', /Scope/),
    ],
    'a SID that is none': () => [
      spec(c => (c.DomainJoinConfig.Sid = 'S-1-5-32-544')),
      found('schema', /Sid/),
    ],
    'a GUID that is none': () => [spec(c => (c.DomainJoinConfig.Guid = 'webapp')), found('schema', /Guid/)],
    'placeholders of a manual': () => [
      spec(c => Object.assign(c.DomainJoinConfig, {Guid: '<domain-guid>', Sid: '<domain-sid>'})),
      found('placeholder', /Guid.*Sid/),
    ],
    'a shell variable that nobody filled in': () => [
      spec(c => (c.DomainJoinConfig.NetBiosName = '$NETBIOS_DOMAIN_NAME')),
      found('placeholder'),
    ],
    "Amazon's GUID with an input of Azure's form": () => [
      hosted(
        AMAZON,
        'ObjectId=11111111-1111-1111-1111-111111111111;SecretUri=https://v.vault.azure.net/secrets/s',
      ),
      found('plugin-input', /credentialArn/),
    ],
    "Azure's GUID with Amazon's input": () => [
      hosted(AZURE, JSON.stringify({credentialArn: ARN})),
      found('plugin-input', /SecretUri/),
    ],
    "Rancher's GUID without a namespace": () => [hosted(RANCHER, 'secret'), found('plugin-input')],
    'an input that is a map': () => [
      hosted(AMAZON, {credentialArn: ARN}),
      found('schema', /must be a string/),
    ],
    'a GUID without braces': () => [
      hosted(AMAZON.slice(1, -1), JSON.stringify({credentialArn: ARN})),
      found('schema', /braces/),
    ],
    'a version that is a number': () => [
      hosted(AMAZON, JSON.stringify({credentialArn: ARN}), 1),
      found('schema', /PortableCcgVersion/),
    ],
  },
  passes: {
    'a spec for members of the domain': () => gmsaCluster(),
    "Amazon's input": () => hosted(AMAZON, JSON.stringify({credentialArn: ARN})),
    "Amazon's input with a parameter of SSM": () =>
      hosted(AMAZON, '{"credentialArn": "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/invented"}'),
    "Azure's input": () =>
      hosted(
        AZURE,
        'ObjectId=11111111-1111-1111-1111-111111111111;SecretUri=https://v.vault.azure.net/secrets/s',
      ),
    "Rancher's input": () => hosted(RANCHER, 'provider:secret'),
    "a plug-in of one's own may read anything": () => hosted('{12345678-1234-1234-1234-123456789012}', 'x'),
    'no specs at all': () => healthy(),
  },
  unknown: {
    'the specs may not be listed': () => [healthy().without('gmsaCredentialSpecs'), 'gmsaCredentialSpecs'],
  },
});

test('no text of a credential spec reaches the report', t => {
  const secret = 'invented-and-private';
  const judgement = judge(hosted(AMAZON, secret).snapshot(), [check]);
  const fails = judgement.fails.flatMap(f => f.fails);
  t.true(fails.length > 0);
  t.false(JSON.stringify(fails.map(f => [f.message, f.evidence.map(e => e.value)])).includes(secret));
});

test('the plug-ins have distinct GUIDs and a source each', t => {
  t.is(new Set(GMSA_PLUGINS.map(p => p.guid)).size, GMSA_PLUGINS.length);
  for (const {source} of GMSA_PLUGINS) t.regex(source, /^https:/);
});
