/** Outputs of netsh and w32tm: the layout that Microsoft documents, with the words of several languages. */

const range = (title: string, start: string, count: string): string =>
  ['', title, '---------------------------------', `${start}: 49152`, `${count}: 16384`, ''].join('\r\n');

/** `netsh interface ipv4 show dynamicport protocol=tcp`. */
export const DYNAMIC_PORTS = {
  English: range('Protocol tcp Dynamic Port Range', 'Start Port      ', 'Number of Ports '),
  German: range('Protokoll tcp Dynamischer Portbereich', 'Startport      ', 'Anzahl von Ports '),
  Japanese: range('プロトコル tcp の動的ポートの範囲', '開始ポート     ', 'ポート数     '),
  Chinese: range('协议 tcp 动态端口范围', '启动端口        ', '端口数          '),
} as const;

const exclusions = (title: string, head: string, note: string): string =>
  [
    '',
    title,
    '',
    head,
    '----------    --------      ',
    '        80          80      ',
    '      5357        5357      ',
    '     49696       49795      ',
    '     50000       50059     *',
    '',
    `* - ${note}`,
    '',
  ].join('\r\n');

/** `netsh interface ipv4 show excludedportrange protocol=tcp`. */
export const EXCLUDED_PORTS = {
  English: exclusions(
    'Protocol tcp Port Exclusion Ranges',
    'Start Port    End Port      ',
    'Administered port exclusions.',
  ),
  German: exclusions(
    'Portausschlussbereiche für das Protokoll "tcp"',
    'Startport     Endport       ',
    'Verwaltete Portausschlüsse.',
  ),
  Japanese: exclusions(
    'プロトコル tcp ポート除外範囲',
    '開始ポート    終了ポート      ',
    '管理されたポート除外。',
  ),
  Chinese: exclusions('协议 tcp 端口排除范围', '开始端口    结束端口      ', '管理的端口排除。'),
} as const;

const status = (labels: readonly string[], values: readonly string[]): string =>
  `${labels.map((label, i) => `${label}${values[i]}`).join('\r\n')}\r\n\r\n`;

/** `w32tm /query /status` of a synchronised clock. */
export const TIME_STATUS = {
  English: status(
    [
      'Leap Indicator: ',
      'Stratum: ',
      'Precision: ',
      'Root Delay: ',
      'Root Dispersion: ',
      'ReferenceId: ',
      'Last Successful Sync Time: ',
      'Source: ',
      'Poll Interval: ',
    ],
    [
      '0(no warning)',
      '4 (secondary reference - syncd by (S)NTP)',
      '-23 (119.209ns per tick)',
      '0.0312500s',
      '7.7661133s',
      '0x0A000001 (source IP:  10.0.0.1)',
      '11/29/2026 8:00:00 AM',
      'VM IC Time Synchronization Provider',
      '6 (64s)',
    ],
  ),
  German: status(
    [
      'Sprungindikator: ',
      'Stratum: ',
      'Präzision: ',
      'Stammverzögerung: ',
      'Stammabweichung: ',
      'Referenz-ID: ',
      'Letzte erfolgr. Synchronisierungszeit: ',
      'Quelle: ',
      'Abrufintervall: ',
    ],
    [
      '0(keine Warnung)',
      '4 (Sekundärreferenz - synchr. über (S)NTP)',
      '-23 (119.209ns pro Tick)',
      '0,0312500s',
      '7,7661133s',
      '0x0A000001 (Quell-IP:  10.0.0.1)',
      '29.11.2026 08:00:00',
      'VM IC Time Synchronization Provider',
      '6 (64s)',
    ],
  ),
  Chinese: status(
    [
      'Leap 指示符：',
      '层次：',
      '精度：',
      '根延迟：',
      '根分散：',
      '引用 ID：',
      '上次成功同步时间：',
      '源：',
      '轮询间隔：',
    ],
    [
      '0(无警告)',
      '4 (次引用 - 与(S)NTP 同步)',
      '-23 (每刻度 119.209ns)',
      '0.0312500s',
      '7.7661133s',
      '0x0A000001 (源 IP: 10.0.0.1)',
      '2026/11/29 8:00:00',
      'VM IC Time Synchronization Provider',
      '6 (64s)',
    ],
  ),
} as const;

/** `w32tm /query /status` where the service does not run. */
export const TIME_STOPPED =
  'The following error occurred: The service has not been started. (0x80070426)\r\n';
