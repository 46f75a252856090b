/**
 * Entry of the program: the only place that prints errors and sets the exit code. What needs no command framework is
 * answered before it is loaded.
 */
import module from 'node:module';
import {homedir} from 'node:os';
import {join} from 'node:path';

if (!process.versions.node || Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write(`error: Node.js 22.20 or later is needed, this is ${process.versions.node}\n`);
  process.exit(3);
}
module.enableCompileCache?.(
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kubectl-win', 'compile'),
);

// `kubectl win doctor | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// A function, as executables run one script in which nothing waits at the top.
async function main(argv: string[]): Promise<void> {
  if (argv[0] === 'version' && argv.length === 2 && argv[1] === '--client') {
    const {clientVersion} = await import('./version.ts');
    process.stdout.write(`${clientVersion()}\n`);
  } else if (argv[0] === 'logs' && argv.some(word => word.startsWith('--file-input'))) {
    const {quickLogs} = await import('./quick-logs.ts');
    process.exitCode = (await quickLogs(argv.slice(1), process.env)) ?? (await framework(argv));
  } else if (argv[0] === '__complete') {
    const {printCompletion} = await import('./completion/run.ts');
    await printCompletion(argv.slice(1));
  } else {
    process.exitCode = await framework(argv);
  }
}

async function framework(argv: string[]): Promise<number> {
  const {runCommand} = await import('./run.ts');
  return runCommand(argv);
}

void main(process.argv.slice(2));
