/** Version of this program; the build replaces the environment variable by the one in package.json. */
export function agentVersion(): string {
  return process.env['KUBECTL_WIN_VERSION'] ?? '0.1.0';
}
