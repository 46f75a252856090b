/**
 * Entry of the program: the only place that prints errors and sets the exit code. What needs no command framework is
 * answered before it is loaded.
 */
import module from 'node:module';
import {join} from 'node:path';
import {homeFolder} from './unknown-user.ts';

if (!process.versions.node || Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write(`error: Node.js 22.20 or later is needed, this is ${process.versions.node}\n`);
  process.exit(3);
}
// What was just asked the command framework would ask again, in 10 ms.
process.env['OCLIF_DISABLE_ENGINE_WARNING'] ??= '1';
module.enableCompileCache?.(
  join(process.env['XDG_CACHE_HOME'] ?? join(homeFolder(), '.cache'), 'kubectl-win', 'compile'),
);

// `kubectl win doctor | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Nor is `2>&1 | head`, in which notes may find nobody: what is written next says so.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// A function, as executables run one script in which nothing waits at the top.
async function main(argv: string[]): Promise<void> {
  if (argv[0] === 'version' && argv.length === 2 && argv[1] === '--client') {
    const {clientVersion} = await import('./version.ts');
    process.stdout.write(`${clientVersion()}\n`);
    return;
  }
  const program = await import('./program.ts');
  if (argv[0] === '__complete') return program.complete(argv.slice(1));
  process.exitCode = (await program.quick(argv)) ?? (await program.command(argv));
}

// As kubectl has it, too.
const [first, ...rest] = process.argv.slice(2);
void main(first === 'help' ? [...rest, '--help'] : process.argv.slice(2));
