import type {Said, ToolAnswer, ToolCall} from './tool.ts';
import {TRY_SECONDS, dnsFailureOf, failureOf} from './tool.ts';

/** What may stand in a script: addresses and names, which were judged before; a quote is in none of them. */
const PLAIN = /^[\w.:-]+$/;

/** The one of Windows, then the one that images bring with them. */
const SHELLS = ['powershell.exe', 'pwsh.exe'] as const;

/** Connects and closes. */
export function powershellConnects(host: string, port: number): ToolCall[] {
  const family = host.includes(':') ? 'InterNetworkV6' : 'InterNetwork';
  return calls(
    host,
    `$c = [Net.Sockets.TcpClient]::new([Net.Sockets.AddressFamily]::${family}); $w = [Diagnostics.Stopwatch]::StartNew(); try { if ($c.ConnectAsync('${host}', ${port}).Wait(${TRY_SECONDS * 1000})) { 'ok ' + $w.ElapsedMilliseconds } else { 'TimedOut' } } catch { ${REASON} } finally { $c.Close() }`,
    failureOf,
  );
}

/** Asks one server; only Windows PowerShell has the command. */
export function powershellAsks(query: string, server: string, isTcp: boolean): ToolCall[] {
  return calls(
    `${query}${server}`,
    `$w = [Diagnostics.Stopwatch]::StartNew(); try { $null = Resolve-DnsName -Name '${query.replace(/\.?$/, '.')}' -Server '${server}' -Type A -DnsOnly -NoHostsFile${isTcp ? ' -TcpOnly' : ''} -ErrorAction Stop; 'ok ' + $w.ElapsedMilliseconds } catch [Management.Automation.CommandNotFoundException] { 'lacking' } catch { ${REASON} }`,
    dnsFailureOf,
  );
}

/** The system's own resolver, with the pod's servers and suffixes. */
export function powershellResolves(name: string): ToolCall[] {
  return calls(
    name,
    `$w = [Diagnostics.Stopwatch]::StartNew(); try { $null = [Net.Dns]::GetHostAddresses('${name}'); 'ok ' + $w.ElapsedMilliseconds } catch { ${REASON} }`,
    failureOf,
  );
}

/** A socket's own word for what went wrong, which no language of Windows changes; else what it says. */
const REASON =
  '$e = $_.Exception.GetBaseException(); if ($e -is [Net.Sockets.SocketException]) { [string]$e.SocketErrorCode } elseif ($e.NativeErrorCode) { [string]$e.NativeErrorCode } else { $e.Message }';

function calls(values: string, script: string, failure: (text: string) => ToolAnswer): ToolCall[] {
  if (!PLAIN.test(values)) return [];
  return SHELLS.map(shell => ({
    tool: 'PowerShell',
    command: [shell, '-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script],
    read: said => read(said, failure),
  }));
}

/** Errors of a DNS client by their number: https://learn.microsoft.com/windows/win32/debug/system-error-codes--9000-11999-, 1460 is ERROR_TIMEOUT. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['9003', 'name error'],
  ['9501', 'no data'],
  ['9002', 'server failure'],
  ['9005', 'refused'],
  ['1460', 'timed out'],
]);

function read({stdout, stderr}: Said, failure: (text: string) => ToolAnswer): ToolAnswer | undefined {
  const said = stdout.trim();
  const worked = /^ok (\d+)$/m.exec(said);
  if (worked) return {ok: true, ms: Number(worked[1])};
  if (said === 'lacking') return undefined;
  const native = /\b(?:9\d{3}|1460)\b/.exec(said)?.[0];
  return failure((native && NUMBERS.get(native)) ?? (said || stderr));
}
