import test from 'ava';
import {candidatesOf} from '../../../../agent/probes/child/candidates.ts';
import {ndotsOf, readResolvConf} from '../../../../agent/probes/dns-settings.ts';

const SETTINGS = {searches: ['shop.svc.cluster.local', 'cluster.local.'], ndots: 5};

const onLinux = (name: string, ndots = 5) => candidatesOf(name, {...SETTINGS, ndots}, 'linux');
const onWindows = (name: string) => candidatesOf(name, SETTINGS, 'windows');

test('Linux goes through suffixes first, unless a name has dots enough or ends with one', t => {
  t.deepEqual(onLinux('web'), ['web.shop.svc.cluster.local', 'web.cluster.local', 'web']);
  t.deepEqual(onLinux('web.shop'), ['web.shop.shop.svc.cluster.local', 'web.shop.cluster.local', 'web.shop']);
  t.deepEqual(onLinux('example.com', 1), [
    'example.com',
    'example.com.shop.svc.cluster.local',
    'example.com.cluster.local',
  ]);
  t.deepEqual(onLinux('web.'), ['web.']);
});

test('Windows gives suffixes to names without a dot only', t => {
  t.deepEqual(onWindows('web'), ['web.shop.svc.cluster.local', 'web.cluster.local']);
  t.deepEqual(onWindows('web.shop'), ['web.shop']);
  t.deepEqual(onWindows('web.'), ['web.']);
  t.deepEqual(candidatesOf('web', {searches: [], ndots: 1}, 'windows'), ['web']);
});

test('a resolv.conf is read as its manual says', t => {
  const text = [
    '# made by somebody',
    'nameserver 10.96.0.10',
    'nameserver fd00::a # the second',
    'search a.example b.example',
    'search shop.svc.cluster.local cluster.local',
    'options timeout:1 ndots:5',
    'nonsense',
  ].join('\n');
  t.deepEqual(readResolvConf(text), {
    servers: ['10.96.0.10', 'fd00::a'],
    searches: ['shop.svc.cluster.local', 'cluster.local'],
    ndots: 5,
  });
  t.deepEqual(readResolvConf(''), {servers: [], searches: [], ndots: 1});
  t.is(ndotsOf(['ndots:99']), 15);
  t.is(ndotsOf(['ndots:x']), 1);
});
