/** Services that start containerd on Windows, the usual name first; RKE2 starts it itself. */
const SERVICES = ['containerd'] as const;

/** The command line of containerd's service on this Windows; undefined where there is none, as on Linux. */
export async function containerdCommandLine(): Promise<string | undefined> {
  if (process.platform !== 'win32') return undefined;
  // Only here, for it brings the native library along.
  const {readKey} = await import('../win32/api/registry.ts');
  for (const name of SERVICES) {
    const image = readKey(`SYSTEM\\CurrentControlSet\\Services\\${name}`)?.values['ImagePath'];
    if (typeof image === 'string') return image;
  }
  return undefined;
}
