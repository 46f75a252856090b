import type {MissingReason} from '../../src/snapshot/evidence.ts';
import {CollectError} from '../collect/collector.ts';
import type {RunProgram} from '../host/run-program.ts';
import {SYSTEM32, systemEnvironment} from './system-programs.ts';

/** One question of a script. */
export interface Part {
  key: string;
  /** PowerShell that emits the items of the answer. */
  ask: string;
}

export interface PartAnswers {
  [key: string]: {items: unknown[]} | {hresult: number; cim: string; message: string};
}

/** CIM starts its providers on demand, and those of features ask the component store. */
const DEADLINE_MS = 15_000;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * A fixed script of several questions: one that fails costs the others nothing. Its answer is JSON in UTF-8 whatever code page the
 * console has, written to the stream itself, as a service has no console to set. It holds no double quotes: PowerShell takes
 * it as one argument, readable in every audit log, and not in the encoded form that defenders rightly distrust.
 */
export function scriptOf(parts: readonly Part[]): string {
  const asked = parts.map(
    ({key, ask}) =>
      `try { $r['${key}'] = @{ items = @(${ask}) } } catch { $r['${key}'] = @{ hresult = $_.Exception.HResult; cim = [string]$_.Exception.NativeErrorCode; message = $_.Exception.Message } }`,
  );
  return [
    `$ErrorActionPreference = 'Stop'`,
    `$r = @{}`,
    ...asked,
    `$b = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $r -Depth 5 -Compress))`,
    `[Console]::OpenStandardOutput().Write($b, 0, $b.Length)`,
  ].join('; ');
}

const HOME = `${SYSTEM32}\\WindowsPowerShell\\v1.0`;
const POWERSHELL = `${HOME}\\powershell.exe`;

/** Runs a script of Windows PowerShell; throws CollectError where it gives no answer at all. */
export async function askPowerShell(
  run: RunProgram,
  parts: readonly Part[],
  signal: AbortSignal,
): Promise<PartAnswers> {
  const {stdout, exitCode} = await run({
    file: POWERSHELL,
    args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', scriptOf(parts)],
    env: systemEnvironment({PSModulePath: `${HOME}\\Modules`}),
    signal,
    deadlineMs: DEADLINE_MS,
    maxBytes: MAX_BYTES,
  });
  try {
    // What is not as the script writes it is treated as absent by those who read the parts.
    return JSON.parse(stdout.toString()) as PartAnswers;
  } catch {
    const told = stdout.length === 0 ? 'nothing' : `${stdout.length} bytes that are no JSON`;
    throw new CollectError(
      'failed',
      `${POWERSHELL} answered ${told} and ended with exit code ${exitCode ?? 'none'}`,
    );
  }
}

/** E_ACCESSDENIED; REGDB_E_CLASSNOTREG; and what PowerShell gives an unknown command. */
const E_ACCESSDENIED = 0x8007_0005;
const UNSUPPORTED = new Set([0x8004_0154, 0x8013_1501]);
/** Names of Microsoft.Management.Infrastructure.NativeErrorCode: CIM's exceptions have one HRESULT for all. */
const CIM_DENIED = 'AccessDenied';
const CIM_UNSUPPORTED = new Set(['InvalidNamespace', 'InvalidClass', 'NotFound', 'NotSupported']);

/** The items that a part of a script answered; throws CollectError where it failed. */
export function itemsOf(answers: PartAnswers, key: string): unknown[] {
  const answer = answers[key];
  if (answer && 'items' in answer && Array.isArray(answer.items)) return answer.items;
  if (!answer || !('hresult' in answer)) throw new CollectError('failed', 'PowerShell did not answer');
  const code = answer.hresult >>> 0;
  const hex = `0x${code.toString(16).padStart(8, '0')}`;
  throw new CollectError(
    reasonOf(code, answer.cim),
    `PowerShell: ${answer.message.trim()} (${answer.cim || hex})`,
  );
}

function reasonOf(code: number, cim: string): MissingReason {
  if (code === E_ACCESSDENIED || cim === CIM_DENIED) return 'denied';
  return UNSUPPORTED.has(code) || CIM_UNSUPPORTED.has(cim) ? 'unsupported' : 'failed';
}
