import type {CollectedFile, Collector, MissingFile} from '../../../agent/collect/collector.ts';

/** Runs a collector as the agent does, without its deadline. */
export async function collect(
  collector: Collector,
  signal: AbortSignal = new AbortController().signal,
): Promise<(CollectedFile | MissingFile)[]> {
  const files = [];
  for await (const file of collector.collect({signal})) files.push(file);
  return files;
}

/** The one file that a collector makes, parsed. */
export async function collectJson(collector: Collector): Promise<Record<string, unknown>> {
  const [file] = await collect(collector);
  if (!file || !('body' in file)) throw new Error(`${collector.name}: ${JSON.stringify(file)}`);
  if (file.partial) throw new Error(`${collector.name} is partial: ${file.partial.detail}`);
  // Made by the collector just now.
  return JSON.parse(file.body) as Record<string, unknown>;
}
