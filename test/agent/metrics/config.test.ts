import test from 'ava';
import {UsageError} from '../../../agent/config/usage.ts';
import {metricsConfig} from '../../../agent/metrics/config.ts';

const ALL = {
  'metrics-address': '0.0.0.0:10271',
  'metrics-cert-file': 'c',
  'metrics-key-file': 'k',
  'metrics-api-server': 'https://10.0.0.1:6443',
  'metrics-api-ca-file': 'a',
  'metrics-api-token-file': 't',
};

test('without flags there is no listener', t => {
  t.is(metricsConfig({}, {KUBERNETES_SERVICE_HOST: '10.96.0.1'}), undefined);
});

test('all flags together make a listener', t => {
  const {host, port, api} = metricsConfig(ALL, {}) ?? {};
  t.deepEqual([host, port, api?.url.href], ['0.0.0.0', 10271, 'https://10.0.0.1:6443/']);
  t.deepEqual(metricsConfig({...ALL, 'metrics-address': '[::1]:1'}, {})?.host, '::1');
});

test('the API server is the one of the cluster unless a flag names it', t => {
  const {'metrics-api-server': _, ...flags} = ALL;
  const url = (env: Record<string, string>): string | undefined => metricsConfig(flags, env)?.api.url.href;
  t.is(
    url({KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '6443'}),
    'https://10.96.0.1:6443/',
  );
  t.is(url({KUBERNETES_SERVICE_HOST: 'fd00::1'}), 'https://[fd00::1]/');
  t.throws(() => url({}), {instanceOf: UsageError, message: 'metrics need --metrics-api-server, too'});
});

for (const name of Object.keys(ALL).filter(flag => flag !== 'metrics-api-server')) {
  test(`without --${name} it is said that it is needed`, t => {
    t.throws(() => metricsConfig({...ALL, [name]: undefined}, {}), {
      instanceOf: UsageError,
      message: `metrics need --${name}, too`,
    });
  });
}

test('what is no address, and what is not https, is refused', t => {
  for (const address of ['10271', 'localhost:1', '0.0.0.0:99999', ':1', '::1:1'])
    t.throws(() => metricsConfig({...ALL, 'metrics-address': address}, {}), {instanceOf: UsageError});
  for (const server of ['http://10.0.0.1', 'x'])
    t.throws(() => metricsConfig({...ALL, 'metrics-api-server': server}, {}), {
      message: /no https:\/\/ address/,
    });
});
