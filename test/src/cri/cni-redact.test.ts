import test from 'ava';
import {redactCniConfig} from '../../../src/cri/cni-redact.ts';

const SECRET = 'hunter2secret';

test('tokens and keys go, paths and policies stay', t => {
  const redacted = redactCniConfig(
    JSON.stringify({
      name: 'k8s-pod-network',
      plugins: [
        {
          type: 'calico',
          etcd_endpoints: `https://root:${SECRET}@10.0.0.1:2379`,
          etcd_key_file: 'C:\\etcd\\key.pem',
          policy: {type: 'k8s', k8s_auth_token: SECRET, k8s_client_key: '/etc/cni/key.pem'},
          kubernetes: {kubeconfig: 'C:\\k\\calico.kubeconfig'},
          ipam: {type: 'infoblox', password: SECRET, headers: {a: SECRET}},
          policies: [{Name: 'EndpointPolicy', Value: {Type: 'OutBoundNAT', ExceptionList: ['10.0.0.0/8']}}],
        },
      ],
    }),
  );
  t.false(redacted.includes(SECRET), redacted);
  t.like(JSON.parse(redacted), {
    name: 'k8s-pod-network',
    plugins: [
      {
        etcd_endpoints: 'https://[redacted]@10.0.0.1:2379',
        etcd_key_file: 'C:\\etcd\\key.pem',
        policy: {k8s_auth_token: '[redacted]', k8s_client_key: '/etc/cni/key.pem'},
        kubernetes: {kubeconfig: 'C:\\k\\calico.kubeconfig'},
        policies: [{Name: 'EndpointPolicy', Value: {ExceptionList: ['10.0.0.0/8']}}],
      },
    ],
  });
});

test('a configuration without secrets comes back to the letter', t => {
  const text = '{ "name":"l2bridge",\n\t"vlan": 9007199254740993, "plugins": [{"type": "sdnbridge"}] }';
  t.is(redactCniConfig(text), text);
});

test('what is no JSON stays none, and loses its secrets', t => {
  const text = `{"name": "a", "k8s_auth_token": "${SECRET}", "url": "https://u:${SECRET}@h", "plugins": [`;
  const redacted = redactCniConfig(text);
  t.false(redacted.includes(SECRET));
  t.true(redacted.startsWith('{"name": "a"'));
  t.throws(() => JSON.parse(redacted));
});
