/**
 * The collectors of Windows' facts in a program of their own: without `child` it runs those that are named and writes what
 */
import {createWriteStream, writeSync} from 'node:fs';
import {selfCommand} from '../../../agent/child/self.ts';
import {CollectError} from '../../../agent/collect/collector.ts';
import {windowsCollectors} from '../../../agent/win32/collectors.ts';

async function collect(names: readonly string[]): Promise<void> {
  const out = createWriteStream('', {fd: 1});
  for (const collector of windowsCollectors({self: selfCommand()})) {
    if (!names.includes(collector.name)) continue;
    try {
      for await (const file of collector.collect({signal: new AbortController().signal}))
        out.write(`${JSON.stringify(file)}\n`);
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      out.write(
        `${JSON.stringify({file: collector.name, missing: {reason: error.reason, detail: error.message}})}\n`,
      );
    }
  }
  out.end();
}

async function main([word = '', ...args]: readonly string[]): Promise<void> {
  if (word === 'child') {
    const {windowsChild} = await import('../../../agent/win32/child.ts');
    return windowsChild();
  }
  return collect([word, ...args]);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  writeSync(2, String(error));
  process.exitCode = 1;
});
