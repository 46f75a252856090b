import {hexOf, parseCode, toUint32} from './code-number.ts';
import type {CodeRow} from './code-row.ts';
import {HCN_CODES} from './hcn-codes.ts';
import {HCS_CODES} from './hcs-codes.ts';
import {explainExitCode} from './ntstatus.ts';
import {WIN32_CODES} from './win32-codes.ts';

/** Which table a code was found in. */
export type CodeFamily = 'HCN' | 'HCS' | 'Win32' | 'exit code';

/** What a code means and where it comes from on a Windows node. */
export interface CodeMeaning {
  /** Lower case with `0x` and eight digits, as it was asked for. */
  hex: string;
  family: CodeFamily;
  name: string;
  /** One clause, without a full stop. */
  meaning: string;
  /** Where it comes from on Windows nodes. */
  cause?: string;
  /** What to do, where that is the same every time. */
  remedy?: string;
  links: readonly string[];
}

const LINKS: Record<CodeFamily, readonly string[]> = {
  HCN: ['https://learn.microsoft.com/virtualization/api/hcn/reference/hcnhresult'],
  HCS: ['https://learn.microsoft.com/virtualization/api/hcs/reference/hcshresult'],
  Win32: ['https://learn.microsoft.com/windows/win32/debug/system-error-codes'],
  'exit code': ['https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/'],
};

/** Issues in which a code was seen on Kubernetes nodes, by code. */
const ISSUES: ReadonlyMap<number, readonly string[]> = new Map([
  [0x803b0007, ['https://github.com/microsoft/hcsshim/issues/1043']],
  [0x803b000d, ['https://github.com/projectcalico/calico/issues/8465']],
  [0x803b0010, ['https://github.com/microsoft/hcsshim/issues/850']],
  [
    0x803b0013,
    [
      'https://github.com/kubernetes/kubernetes/issues/137530',
      'https://github.com/kubernetes/community/issues/8883',
    ],
  ],
  [0x803b0014, ['https://github.com/projectcalico/calico/issues/4280']],
  [0x803b0015, ['https://github.com/microsoft/Windows-Containers/issues/485']],
  [0x803b0017, ['https://github.com/containerd/containerd/issues/5729']],
  [0x803b001e, ['https://github.com/kubernetes-sigs/sig-windows-tools/issues/250']],
  [0x803b002e, ['https://github.com/Azure/AKS/issues/3627']],
  [0x803b002f, ['https://github.com/kubernetes/kubernetes/issues/100962']],
  [
    0x80370101,
    ['https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility'],
  ],
  [0x80370105, ['https://github.com/Azure/AKS/issues/1188']],
  [0x80370106, ['https://github.com/microsoft/hcsshim/issues/598']],
  [0x80370112, ['https://github.com/microsoft/hcsshim/issues/2566']],
  [0x22, ['https://github.com/flannel-io/flannel/issues/1112']],
  [0x10b, ['https://github.com/containerd/containerd/issues/10347']],
  [0x3f1, ['https://github.com/microsoft/Windows-Containers/issues/316']],
  [0x490, ['https://github.com/Azure/azure-container-networking/issues/774']],
  [0x5af, ['https://github.com/Azure/AKS/issues/1941']],
  [0xb7, ['https://github.com/kubernetes/kubernetes/issues/139519']],
  [0x1392, ['https://github.com/aws/amazon-vpc-cni-k8s/issues/2065']],
]);

const byCode = (rows: readonly CodeRow[]): ReadonlyMap<number, CodeRow> =>
  new Map(rows.map(row => [row[0], row]));
const HCN = byCode(HCN_CODES);
const HCS = byCode(HCS_CODES);
const WIN32 = byCode(WIN32_CODES);

/** HCS reports its errors with severity 2 (0x8037) and 3 (0xc037) alike. */
const HCS_AS_STATUS = 0xc037_0000;
const HCS_AS_HRESULT = 0x8037_0000;
/** HRESULT_FROM_WIN32: facility 7. */
const WIN32_AS_HRESULT = 0x8007_0000;
/** HRESULT_FROM_NT sets this bit in an NTSTATUS; `winapi error #…` prints the sum. */
const FACILITY_NT_BIT = 0x1000_0000;
const LOW_16 = 0x1_0000;

/** Explains a 32-bit code, signed or unsigned: HCN, HCS, Win32, NTSTATUS or an exit code. */
export function explainHresult(code: number): CodeMeaning | undefined {
  const unsigned = toUint32(code);
  const found = lookUp(unsigned);
  return found && {...found, hex: hexOf(unsigned)};
}

/** Explains a code as people find it in logs: `0x803b0013`, `2151350291`, `-2143617005`, `winapi error #3489792023`. */
export function explainCode(text: string): CodeMeaning | undefined {
  const code = parseCode(text);
  return code === undefined ? undefined : explainHresult(code);
}

function lookUp(code: number): CodeMeaning | undefined {
  const facility = code - (code % LOW_16);
  const low = code % LOW_16;
  const hcn = HCN.get(code);
  if (hcn) return meaningOf('HCN', hcn);
  const hcs = facility === HCS_AS_STATUS ? HCS.get(HCS_AS_HRESULT + low) : HCS.get(code);
  if (hcs) return meaningOf('HCS', hcs);
  const status = explainExitCode(code);
  if (status && code >= LOW_16) return {...status, family: 'exit code', links: LINKS['exit code']};
  const win32 = facility === WIN32_AS_HRESULT || facility === 0 ? WIN32.get(low) : undefined;
  if (win32) return {...meaningOf('Win32', win32), ...(status && {remedy: status.remedy})};
  if (status) return {...status, family: 'exit code', links: LINKS['exit code']};
  const isWrapped = code >= 0xd000_0000 && code < 0xe000_0000;
  return isWrapped ? lookUp(code - FACILITY_NT_BIT) : undefined;
}

function meaningOf(family: CodeFamily, [code, name, meaning, cause]: CodeRow): CodeMeaning {
  const links = [...(ISSUES.get(code) ?? []), ...LINKS[family]];
  return {hex: hexOf(code), family, name, meaning, ...(cause !== undefined && {cause}), links};
}
