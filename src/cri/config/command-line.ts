/** What containerd's own command line says; what is absent has its default. */
export interface ContainerdFlags {
  config: string | undefined;
  logFile: string | undefined;
}

/** One argument of a command line as Windows or a unit file writes it. */
const ARGUMENT = /"([^"]*)"|([^\s"]+)/g;
/** `--name=value` with the value in quotes: one argument in two pieces. */
const QUOTED_VALUE = /(--?[a-z-]+=)"([^"]*)"/g;

/** Reads the flags of a service's command line (`"C:\…\containerd.exe" --config "C:\…\config.toml" --run-service`). */
export function containerdFlags(commandLine: string): ContainerdFlags {
  const whole = commandLine.replaceAll(QUOTED_VALUE, '"$1$2"');
  const args = [...whole.matchAll(ARGUMENT)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const value = (...names: readonly string[]) => {
    const index = args.findIndex(arg => names.includes(arg.split('=', 1)[0] ?? ''));
    const arg = args[index];
    if (arg === undefined) return undefined;
    return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[index + 1];
  };
  return {config: value('--config', '-config', '-c'), logFile: value('--log-file', '-log-file')};
}
