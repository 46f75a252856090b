/**
 * `C:\Windows`. The agent's own environment says it, which is the service's or the pod's: whoever sets that is already the
 * master of this process. Asking Windows itself would load a native library into the server.
 */
const ROOT = process.env['SystemRoot'] ?? 'C:\\Windows';

/** Where Windows keeps its programs: they are started by full path, never by a search. */
export const SYSTEM32 = `${ROOT}\\System32`;

/** Environment of system programs: what they need to find Windows, and no search in folders of users. */
export function systemEnvironment(more: Record<string, string> = {}): Record<string, string> {
  return {
    SystemRoot: ROOT,
    windir: ROOT,
    SystemDrive: ROOT.slice(0, 2),
    // PowerShell tries out there whether scripts are restricted; it is where the system account has it.
    TEMP: `${ROOT}\\Temp`,
    TMP: `${ROOT}\\Temp`,
    PATH: `${SYSTEM32};${ROOT};${SYSTEM32}\\Wbem`,
    ...more,
  };
}
