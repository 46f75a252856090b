/** Values of `e_machine`, of PE's `Machine` and of Mach-O's `cputype`. */
const MACHINES: Readonly<Record<string, readonly [number, string][]>> = {
  linux: [
    [62, 'amd64'],
    [183, 'arm64'],
  ],
  windows: [
    [0x8664, 'amd64'],
    [0xaa64, 'arm64'],
  ],
  darwin: [
    [0x0100_0007, 'amd64'],
    [0x0100_000c, 'arm64'],
  ],
};
const MACH_O_64 = 0xfeed_facf;

/** What machine an executable is for, `linux/amd64`, by its header alone; `undefined` where it is none. */
export function machineOf(program: Buffer): string | undefined {
  const [os, machine] = headerOf(program);
  const arch = MACHINES[os]?.find(([value]) => value === machine)?.[1];
  return arch === undefined ? undefined : `${os}/${arch}`;
}

function headerOf(program: Buffer): [string, number] {
  if (program.toString('latin1', 0, 4) === '\x7FELF') return ['linux', program.readUInt16LE(0x12)];
  if (program.toString('latin1', 0, 2) === 'MZ')
    return ['windows', program.readUInt16LE(program.readUInt32LE(0x3c) + 4)];
  if (program.readUInt32LE(0) === MACH_O_64) return ['darwin', program.readUInt32LE(4)];
  return ['', 0];
}
