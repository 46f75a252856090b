import {hexOf, toUint32} from './code-number.ts';

/**
 * What Windows processes in containers end with: NTSTATUS values, HRESULTs and Win32 codes as exit codes.
 * Names by [MS-ERREF] (https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/) and
 * https://learn.microsoft.com/windows/win32/debug/system-error-codes; .NET host codes by
 * https://github.com/dotnet/runtime/blob/main/docs/design/features/host-error-codes.md; node causes by the issues named.
 */
export const checkedAt = '2026-11-21';

/** A code with what it means in a Windows container and what to do about it. */
export interface ExitCode {
  /** Lower case with `0x` and eight digits. */
  hex: string;
  name: string;
  meaning: string;
  remedy: string;
}

type Row = readonly [code: number, name: string, meaning: string, remedy: string];

const READ_LOGS =
  'read the last lines of `kubectl logs --previous` and the Application event log of the container';
const DUMP = `${READ_LOGS}; take a crash dump with procdump where that says nothing`;
const MISSING_DLL =
  'build on `servercore` instead of `nanoserver`, or copy the DLL and its runtime (VC++ redistributable) into the image';
const MORE_MEMORY = 'raise the memory limit of the container, or the page file and memory of the node';
const DOTNET =
  'install the framework version that the `.runtimeconfig.json` names: use the matching `mcr.microsoft.com/dotnet` image';

/** Ascending by code. */
const ROWS: readonly Row[] = [
  [0x00000001, 'ERROR_INVALID_FUNCTION', 'the program itself reported a failure', READ_LOGS],
  [
    0x00000002,
    'ERROR_FILE_NOT_FOUND',
    'a file that the program or its command line names is not in the image',
    'look for the path in the image; Windows images need `C:\\` paths and the `.exe`',
  ],
  [
    0x00000003,
    'ERROR_PATH_NOT_FOUND',
    'a folder that the program or its command line names is not in the image',
    'check the working directory and mount paths',
  ],
  [
    0x00000005,
    'ERROR_ACCESS_DENIED',
    'the user of the container may not do what the program asked for',
    'give ContainerUser rights on the path in the Dockerfile by `icacls`, or run as ContainerAdministrator',
  ],
  [
    0x00000089,
    'killed (137)',
    'the kubelet reports 137 where it lost the container or a shim reports a kill',
    'look at the events of the pod for eviction, a failed probe or a restart of the node',
  ],
  [
    0x0000008f,
    'terminated (143)',
    'the program was asked to stop and ended with the status that Linux gives it',
    'none where the pod was being deleted; else look at its probes',
  ],
  [
    0x000000c1,
    'ERROR_BAD_EXE_FORMAT',
    'the file is no program that this Windows can run: a script, a Linux binary or another architecture',
    'start scripts through `cmd /c` or `powershell -File`; build for windows/amd64',
  ],
  [
    0x0000041d,
    'ERROR_SERVICE_REQUEST_TIMEOUT',
    'a Windows service in the container did not answer its start in time',
    'give it more CPU, or lengthen the probe; ' + READ_LOGS,
  ],
  [
    0x0000042b,
    'ERROR_PROCESS_ABORTED',
    'the process ended without a status of its own: it was killed from outside, mostly by the runtime or the memory limit',
    'look for OOMKilled, a failed liveness probe and node memory (event 2004)',
  ],
  [
    0x00002331,
    'cmd: command not found (9009)',
    '`cmd` found no program of that name',
    'check the command and PATH of the image; `sh`, `bash` and Linux tools are not there',
  ],
  [
    0x40010004,
    'DBG_TERMINATE_PROCESS',
    'the process was ended because the system shut down or a debugger let go of it',
    'look at restarts and shutdowns of the node',
  ],
  [0x800703e9, 'ERROR_STACK_OVERFLOW', 'the stack ran over, in .NET mostly through endless recursion', DUMP],
  [
    0x80070005,
    'E_ACCESSDENIED',
    'the user of the container may not do what the program asked for',
    'give ContainerUser rights on the path in the Dockerfile by `icacls`, or run as ContainerAdministrator',
  ],
  [0x8007000e, 'E_OUTOFMEMORY', 'memory could not be had', MORE_MEMORY],
  [0x8007007e, 'ERROR_MOD_NOT_FOUND', 'a DLL that was loaded at run time is not in the image', MISSING_DLL],
  [
    0x80008081,
    'InvalidArgFailure',
    'the .NET host did not understand its command line',
    'compare the entrypoint with `dotnet app.dll`',
  ],
  [0x80008082, 'CoreHostLibLoadFailure', 'the .NET host could not load one of its own libraries', DOTNET],
  [
    0x80008083,
    'CoreHostLibMissingFailure',
    'a library of the .NET host is missing: .NET is not installed whole',
    DOTNET,
  ],
  [
    0x8000808c,
    'ResolverResolveFailure',
    'the .NET host could not resolve what the application depends on',
    'publish the application again, with its `.deps.json`',
  ],
  [
    0x80008093,
    'InvalidConfigFile',
    'the `.runtimeconfig.json` or `.deps.json` does not parse',
    'publish the application again',
  ],
  [
    0x80008096,
    'FrameworkMissingFailure',
    'the image lacks the .NET framework version that the application asks for',
    DOTNET,
  ],
  [0x80131506, 'COR_E_EXECUTIONENGINE', 'the .NET runtime itself failed', DUMP],
  [0xc0000005, 'STATUS_ACCESS_VIOLATION', 'the program touched memory that is not its own and crashed', DUMP],
  [0xc0000017, 'STATUS_NO_MEMORY', 'the program could get no more memory', MORE_MEMORY],
  [
    0xc000001d,
    'STATUS_ILLEGAL_INSTRUCTION',
    'the program used an instruction that the processor lacks',
    'run it on nodes of a newer machine type, or build for a plainer processor',
  ],
  [
    0xc0000022,
    'STATUS_ACCESS_DENIED',
    'the user of the container may not open the program or something it loads',
    'give ContainerUser rights on the path in the Dockerfile by `icacls`',
  ],
  [
    0xc000007b,
    'STATUS_INVALID_IMAGE_FORMAT',
    'a program or DLL of another architecture was loaded (32 against 64 bit)',
    'use `servercore` for 32-bit programs (`nanoserver` has no WOW64), or build for amd64',
  ],
  [0xc0000094, 'STATUS_INTEGER_DIVIDE_BY_ZERO', 'the program divided by zero and crashed', DUMP],
  [
    0xc000009a,
    'STATUS_INSUFFICIENT_RESOURCES',
    'the node had no more of a kernel resource',
    'restart the node after draining it; look at handles, desktop heap and non-paged memory',
  ],
  [0xc00000fd, 'STATUS_STACK_OVERFLOW', 'the stack ran over, mostly through endless recursion', DUMP],
  [
    0xc000012d,
    'STATUS_COMMITMENT_LIMIT',
    'the commit limit is reached: limit of the container, or page file of the node',
    MORE_MEMORY,
  ],
  [
    0xc0000135,
    'STATUS_DLL_NOT_FOUND',
    'a DLL that the program needs to start is not in the image',
    MISSING_DLL,
  ],
  [
    0xc0000138,
    'STATUS_ORDINAL_NOT_FOUND',
    'a DLL in the image is of another version than the program was built with',
    'use a base image of the build that the program was made for',
  ],
  [
    0xc0000139,
    'STATUS_ENTRYPOINT_NOT_FOUND',
    'a DLL in the image lacks a function that the program needs: `nanoserver` or an older base image',
    'build on `servercore`, or on a newer base image',
  ],
  [
    0xc000013a,
    'STATUS_CONTROL_C_EXIT',
    'the program was stopped by Ctrl+C or a console shutdown event, as the kubelet does when it ends a container',
    'none where the pod was being deleted or its liveness probe failed: then mend the probe',
  ],
  [
    0xc0000142,
    'STATUS_DLL_INIT_FAILED',
    'a DLL failed while it started: mostly the desktop heap or memory of the node is exhausted, or the image is for another build',
    'free memory, or drain and reboot the node; compare the build of the image with that of the node',
  ],
  [0xc0000225, 'STATUS_NOT_FOUND', 'something the program asked the system for does not exist', READ_LOGS],
  [0xc0000374, 'STATUS_HEAP_CORRUPTION', 'the program damaged its own heap and was stopped', DUMP],
  [
    0xc0000409,
    'STATUS_STACK_BUFFER_OVERRUN',
    'the program stopped itself by fast fail: abort(), a damaged stack, or a fatal error of .NET and native code',
    DUMP,
  ],
  [
    0xc000041d,
    'STATUS_FATAL_USER_CALLBACK_EXCEPTION',
    'a callback of the program raised an error that nothing handled',
    DUMP,
  ],
  [
    0xc0000417,
    'STATUS_INVALID_CRUNTIME_PARAMETER',
    'the program gave the C runtime a wrong argument and was stopped',
    DUMP,
  ],
  [0xc0000420, 'STATUS_ASSERTION_FAILURE', 'an assertion of the program failed', DUMP],
  [
    0xc0000428,
    'STATUS_INVALID_IMAGE_HASH',
    'code integrity refused a program or DLL whose signature does not hold',
    'sign the file, or look at the code integrity policy of the node',
  ],
  [
    0xc0000602,
    'STATUS_FAIL_FAST_EXCEPTION',
    'the program stopped itself after an error it could not handle',
    DUMP,
  ],
  [
    0xc0020017,
    'RPC_NT_SERVER_UNAVAILABLE',
    'an RPC server did not answer; with gMSA it is the domain controller',
    'check DNS of the node for the domain and `nltest /sc_verify:DOMAIN`',
  ],
  [0xe0434352, 'CLR exception', 'a .NET program ended by an exception that nothing caught', READ_LOGS],
  [0xe06d7363, 'C++ exception', 'a C++ program ended by an exception that nothing caught', DUMP],
];

/** Every code with its explanation, ascending. */
export const EXIT_CODES: readonly (ExitCode & {code: number})[] = ROWS.map(
  ([code, name, meaning, remedy]) => ({
    code,
    hex: hexOf(code),
    name,
    meaning,
    remedy,
  }),
).sort((a, b) => a.code - b.code);

const BY_CODE = new Map(EXIT_CODES.map(row => [row.code, row]));

/** Explains the exit code of a Windows container, signed or unsigned; `undefined` for success and for what is not known. */
export function explainExitCode(code: number): ExitCode | undefined {
  const row = BY_CODE.get(toUint32(code));
  if (!row) return undefined;
  const {hex, name, meaning, remedy} = row;
  return {hex, name, meaning, remedy};
}
