import {curl, curlResolves} from '../../../../src/probes/exec/curl.ts';
import {bash, ncRuns, ncZero} from '../../../../src/probes/exec/shells.ts';
import {wget} from '../../../../src/probes/exec/wget.ts';
import {outputCases, said} from '../../../helpers/probes/tool-outputs.ts';

const HOST = '10.96.30.1';
const telnet = curl('linux', 'telnet', HOST, 80);
const web = curl('windows', 'https', 'example.com', 443);

outputCases([
  [
    'curl that connected and was ended by its limit',
    telnet,
    said(28, '* Connected to 10.96.30.1\ncurl: (28) Time-out', '0.000031 0.000412 000'),
    {ok: true, ms: 0.381},
  ],
  [
    'curl that was refused',
    telnet,
    said(
      7,
      '* connect to 10.96.30.1 port 80 failed: Connection refused\n* Closing connection 0\ncurl: (7) Failed to connect',
      '0.000031 0.000000 000',
    ),
    {ok: false, error: 'refused'},
  ],
  [
    'curl 7.88, which says only on its verbose lines that there is no route',
    telnet,
    said(
      7,
      '* connect to 10.96.30.1 port 80 failed: No route to host\ncurl: (7) Failed',
      '0.000031 0.000000 000',
    ),
    {ok: false, error: 'unreachable'},
  ],
  [
    'curl whose time was over',
    telnet,
    said(28, 'curl: (28) Connection timed out after 4001 milliseconds', '0.000031 0.000000 000'),
    {ok: false, error: 'timed-out'},
  ],
  [
    'curl without telnet',
    telnet,
    said(1, 'curl: (1) Protocol "telnet" not supported or disabled in libcurl', '0.000000 0.000000 000'),
    undefined,
  ],
  ['curl of Windows that got a page', web, said(0, '', '0,016000 0,047000 404'), {ok: true, ms: 31}],
  [
    'curl that finds no name',
    web,
    said(6, 'curl: (6) Could not resolve host: example.com', '0.000000 0.000000 000'),
    {ok: false, error: 'name-not-found'},
  ],
  [
    'curl whose connection was reset',
    web,
    said(35, 'curl: (35) Recv failure: Connection was reset', '0.016000 0.047000 000'),
    {ok: false, error: 'reset'},
  ],
  [
    'curl as a resolver that finds the name',
    curlResolves('linux', 'web'),
    said(7, 'curl: (7) Failed', '0.004000 0.000000 000'),
    {ok: true, ms: 4},
  ],
  [
    'curl as a resolver that does not',
    curlResolves('linux', 'web'),
    said(6, 'curl: (6) Could not resolve host: web', '0.000000 0.000000 000'),
    {ok: false, error: 'name-not-found'},
  ],
  ['bash that connected', bash(HOST, 80), said(0), {ok: true}],
  [
    'bash that was refused',
    bash(HOST, 80),
    said(1, 'bash: connect: Connection refused\nbash: line 1: /dev/tcp/10.96.30.1/80: Connection refused\n'),
    {ok: false, error: 'refused'},
  ],
  ['bash that timeout ended', bash(HOST, 80), said(124), {ok: false, error: 'timed-out'}],
  [
    'busybox, whose timeout tells the signal',
    bash(HOST, 80),
    said(143, 'Terminated\n'),
    {ok: false, error: 'timed-out'},
  ],
  [
    'timeout without a bash',
    bash(HOST, 80),
    said(127, "timeout: failed to run command 'bash': No such file or directory\n"),
    undefined,
  ],
  [
    'busybox without a bash',
    bash(HOST, 80),
    said(127, "timeout: can't execute 'bash': No such file or directory\n"),
    undefined,
  ],
  [
    'nc of OpenBSD that connected',
    ncZero(HOST, 80),
    said(0, 'Connection to 10.96.30.1 80 port [tcp/http] succeeded!\n'),
    {ok: true},
  ],
  ['nc of OpenBSD whose time was over', ncZero(HOST, 80), said(1), {ok: false, error: 'timed-out'}],
  [
    'nc of busybox, which has no -z',
    ncZero(HOST, 80),
    said(1, "nc: invalid option -- 'z'\nBusyBox v1.35.0\n"),
    undefined,
  ],
  ['nc of busybox that connected', ncRuns(HOST, 80), said(0), {ok: true}],
  [
    'nc of busybox that was refused',
    ncRuns(HOST, 80),
    said(1, 'nc: 10.96.30.1 (10.96.30.1:80): Connection refused\n'),
    {ok: false, error: 'refused'},
  ],
  [
    'nc of busybox whose time was over',
    ncRuns(HOST, 80),
    said(1, 'nc: timed out\n'),
    {ok: false, error: 'timed-out'},
  ],
  [
    'wget of busybox that got a page',
    wget('http', HOST, 80),
    said(0, 'Connecting to 10.96.30.1 (10.96.30.1:80)\nremote file exists\n'),
    {ok: true},
  ],
  [
    'wget of busybox that is told 404',
    wget('http', HOST, 80),
    said(
      1,
      'Connecting to 10.96.30.1 (10.96.30.1:80)\nwget: server returned error: HTTP/1.1 404 Not Found\n',
    ),
    {ok: true},
  ],
  [
    'wget of busybox that was refused',
    wget('http', HOST, 80),
    said(1, "wget: can't connect to remote host (10.96.30.1): Connection refused\n"),
    {ok: false, error: 'refused'},
  ],
  [
    'wget of busybox whose time was over',
    wget('http', HOST, 80),
    said(1, 'wget: download timed out\n'),
    {ok: false, error: 'timed-out'},
  ],
  [
    'wget of busybox with a name that is none',
    wget('http', 'nosuch', 80),
    said(1, "wget: bad address 'nosuch'\n"),
    {ok: false, error: 'name-not-found'},
  ],
  [
    'wget of GNU that is told 404',
    wget('http', HOST, 80),
    said(
      8,
      'HTTP request sent, awaiting response... 404 Not Found\nRemote file does not exist -- broken link!!!\n\n2026-09-01 12:00:00 ERROR 404: Not Found.\n',
    ),
    {ok: true},
  ],
  [
    'wget of GNU that was refused',
    wget('http', HOST, 80),
    said(
      4,
      'Spider mode enabled. Check if remote file exists.\n--2026-09-01--  http://10.96.30.1/\nConnecting to 10.96.30.1:80... failed: Connection refused.\n',
    ),
    {ok: false, error: 'refused'},
  ],
  ['wget that died of a signal', wget('http', HOST, 80), said(139), undefined],

  [
    'nc of busybox that wants its program last',
    ncRuns(HOST, 80),
    said(1, 'BusyBox v1.35.0 multi-call binary.\n\nUsage: nc [-iN] [-wN] [-l] [-p PORT]'),
    undefined,
  ],
]);
