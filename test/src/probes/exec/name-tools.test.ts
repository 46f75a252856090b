import {getent, nslookup} from '../../../../src/probes/exec/names.ts';
import {powershellAsks, powershellConnects} from '../../../../src/probes/exec/powershell.ts';
import {outputCases, said} from '../../../helpers/probes/tool-outputs.ts';

const [shell] = powershellConnects('10.96.30.1', 80);
const [asks] = powershellAsks('web.shop.svc.cluster.local', '10.96.0.10', false);
const ask = nslookup('linux', 'web.shop.svc.cluster.local', '10.96.0.10');

outputCases([
  [
    'getent that finds the name',
    getent('web'),
    said(0, '', '10.96.30.1      web.shop.svc.cluster.local\n'),
    {ok: true},
  ],
  ['getent that does not', getent('web'), said(2), {ok: false, error: 'name-not-found'}],
  [
    'nslookup of BIND with an answer',
    ask,
    said(
      0,
      '',
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tweb.shop.svc.cluster.local\nAddress: 10.96.30.1\n',
    ),
    {ok: true},
  ],
  [
    'nslookup of busybox with an answer',
    ask,
    said(
      0,
      '',
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.shop.svc.cluster.local\nAddress: 10.96.30.1\n\n',
    ),
    {ok: true},
  ],
  [
    'nslookup of Windows with an answer',
    ask,
    said(
      0,
      '',
      'Server:  kube-dns.kube-system.svc.cluster.local\r\nAddress:  10.96.0.10\r\n\r\nName:    web.shop.svc.cluster.local\r\nAddress:  10.96.30.1\r\n\r\n',
    ),
    {ok: true},
  ],
  [
    'nslookup that finds no name',
    ask,
    said(
      1,
      '',
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find web.shop.svc.cluster.local: NXDOMAIN\n",
    ),
    {ok: false, error: 'name-not-found'},
  ],
  [
    'nslookup of Windows that finds no name',
    ask,
    said(
      0,
      "*** UnKnown can't find web.shop.svc.cluster.local.: Non-existent domain\r\n",
      'Server:  UnKnown\r\nAddress:  10.96.0.10\r\n\r\n',
    ),
    {ok: false, error: 'name-not-found'},
  ],
  [
    'nslookup whose server fails',
    ask,
    said(1, '', "** server can't find web.shop.svc.cluster.local: SERVFAIL\n"),
    {ok: false, error: 'server-failure'},
  ],
  [
    'nslookup whose server is silent',
    ask,
    said(1, '', ';; connection timed out; no servers could be reached\n\n'),
    {ok: false, error: 'no-answer'},
  ],
  [
    'nslookup of Windows whose server is silent',
    ask,
    said(
      0,
      '',
      'DNS request timed out.\r\n    timeout was 2 seconds.\r\nServer:  UnKnown\r\nAddress:  10.96.0.10\r\n\r\n*** Request to UnKnown timed-out\r\n',
    ),
    {ok: false, error: 'no-answer'},
  ],
  ['PowerShell that connected', shell, said(0, '', 'ok 12\r\n'), {ok: true, ms: 12}],
  ['PowerShell that was refused', shell, said(0, '', 'ConnectionRefused\r\n'), {ok: false, error: 'refused'}],
  ['PowerShell whose time was over', shell, said(0, '', 'TimedOut\r\n'), {ok: false, error: 'timed-out'}],
  [
    'PowerShell without a route',
    shell,
    said(0, '', 'HostUnreachable\r\n'),
    {ok: false, error: 'unreachable'},
  ],
  ['Resolve-DnsName with an answer', asks, said(0, '', 'ok 3\r\n'), {ok: true, ms: 3}],
  ['Resolve-DnsName that finds no name', asks, said(0, '', '9003\r\n'), {ok: false, error: 'name-not-found'}],
  ['Resolve-DnsName whose server is silent', asks, said(0, '', '1460\r\n'), {ok: false, error: 'no-answer'}],
  ['a PowerShell without Resolve-DnsName', asks, said(0, '', 'lacking\r\n'), undefined],
]);
