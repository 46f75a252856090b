import test from 'ava';
import {readTarget} from '../../../src/probes/targets.ts';

test('targets are hosts with a port, and URLs without a path', t => {
  t.deepEqual(readTarget('example.com:25'), {host: 'example.com', port: 25, protocol: 'tcp'});
  t.deepEqual(readTarget('[fd00::1]:443'), {host: 'fd00::1', port: 443, protocol: 'tcp'});
  t.deepEqual(readTarget('https://example.com'), {host: 'example.com', port: 443, protocol: 'https'});
  t.deepEqual(readTarget('HTTP://10.0.0.1:8080/'), {host: '10.0.0.1', port: 8080, protocol: 'http'});
});

test('what leaves a doubt is no target', t => {
  for (const text of [
    'example.com',
    'fd00::1:443',
    'a:0',
    'a:65536',
    'https://u:p@a',
    'ftp://a',
    'https://a/b',
    '',
  ])
    t.is(readTarget(text), undefined, text);
});
