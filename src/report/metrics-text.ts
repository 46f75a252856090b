import {visible} from './visible.ts';

/** One value of a metric, with its labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Values by the name of their metric. */
export class Samples<Name extends string> {
  readonly #all = new Map<Name, Sample[]>();

  add(name: Name, value: number, labels: Sample['labels'] = {}): void {
    const known = this.#all.get(name);
    if (known) known.push({labels, value});
    else this.#all.set(name, [{labels, value}]);
  }

  of(name: Name): readonly Sample[] {
    return this.#all.get(name) ?? [];
  }
}

/**
 * Writes gauges as OpenMetrics (https://prometheus.io/docs/specs/om/open_metrics_spec/), so that readers of Prometheus' older text
 * take them, too. `metrics` says what each means.
 */
export function metricsText<Name extends string>(
  metrics: Readonly<Record<Name, string>>,
  samples: Samples<Name>,
): string {
  const lines = Object.entries<string>(metrics).flatMap(([name, help]) => [
    `# TYPE ${name} gauge`,
    `# HELP ${name} ${help}`,
    // The entries of the record are all names.
    ...samples.of(name as Name).map(sample => lineOf(name, sample)),
  ]);
  return [...lines, '# EOF', ''].join('\n');
}

function lineOf(name: string, {labels, value}: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

/** Names are a cluster's: what acts on a terminal is shown as what it is. */
function escaped(text: string): string {
  const shown = text.split('\n').map(visible).join('\n');
  return shown.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
