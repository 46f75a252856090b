/** Everything that `main` does not answer at once. In an executable it is a script of its own, which is loaded where it is needed. */

/** Runs a command line by the command framework; answers the exit code. */
export async function command(argv: string[]): Promise<number> {
  const {runCommand} = await import('./run.ts');
  return runCommand(argv);
}

/** Runs what can be run without the framework; answers the exit code, or undefined with nothing done. */
export async function quick(argv: string[]): Promise<number | undefined> {
  const [command, ...words] = argv;
  const last = argv.at(-1);
  if (last === undefined || last === '--help' || last === '-h') {
    const {quickHelp} = await import('./quick-help.ts');
    return quickHelp(argv);
  }
  if (command === 'explain') {
    const {quickExplain} = await import('./quick-explain.ts');
    return quickExplain(words, process.env);
  }
  if (command !== 'logs' || !words.some(word => word.startsWith('--file-input'))) return undefined;
  const {quickLogs} = await import('./quick-logs.ts');
  return quickLogs(words, process.env);
}

/** Answers what fits after the words that are being typed. */
export async function complete(words: string[]): Promise<void> {
  const {printCompletion} = await import('./completion/run.ts');
  await printCompletion(words);
}
