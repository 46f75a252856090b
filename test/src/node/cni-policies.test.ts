import test from 'ava';
import {cniPolicies} from '../../../src/node/cni-policies.ts';

const exceptions = (config: Record<string, unknown>) =>
  cniPolicies(config).map(({type, settings, pointer}) => [type, settings['Exceptions'], pointer]);

test('policies of azure-vnet stand in the plug-in, under v1’s names', t => {
  const plugin = {
    type: 'azure-vnet',
    AdditionalArgs: [
      {Name: 'EndpointPolicy', Value: {Type: 'OutBoundNAT', ExceptionList: ['10.224.0.0/12']}},
    ],
  };
  t.deepEqual(exceptions({name: 'azure', plugins: [plugin]}), [
    ['OutBoundNAT', ['10.224.0.0/12'], '/plugins/0/AdditionalArgs/0/Value'],
  ]);
});

test('policies of flannel stand in what it delegates to', t => {
  const delegate = {
    type: 'sdnoverlay',
    AdditionalArgs: [
      {Name: 'EndpointPolicy', Value: {Type: 'OutBoundNAT', Settings: {Exceptions: ['10.244.0.0/16']}}},
    ],
  };
  t.deepEqual(exceptions({name: 'vxlan0', type: 'flannel', delegate}), [
    ['OutBoundNAT', ['10.244.0.0/16'], '/delegate/AdditionalArgs/0/Value'],
  ]);
  const old = {
    Policies: [{Name: 'EndpointPolicy', Value: {Type: 'ROUTE', DestinationPrefix: '10.96.0.0/12'}}],
  };
  t.deepEqual(
    cniPolicies({delegate: old}).map(p => [p.type, p.settings['DestinationPrefix'], p.pointer]),
    [['SDNRoute', '10.96.0.0/12', '/delegate/Policies/0/Value']],
  );
});

test('what is no policy is passed over', t => {
  t.deepEqual(cniPolicies({policy: {type: 'k8s'}, policies: [null, 'x', {Name: 'EndpointPolicy'}, 7]}), []);
});
