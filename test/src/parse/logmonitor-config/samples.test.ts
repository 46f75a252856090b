import {schemaFaults} from '../../../../src/parse/logmonitor-config/schema.ts';
import {trapFaults} from '../../../../src/parse/logmonitor-config/traps.ts';
import {testWithSample} from '../../../helpers/samples.ts';

/** What must be told of each real configuration: causes of the schema, causes of traps. */
const EXPECTED: Readonly<Record<string, [schema: string[], traps: string[]]>> = {
  'ms-sample-iis-v1.0.json': [[], []],
  'ms-sample-iis-v2.2.1.json': [[], []],
  'ms-aks-iis-example.json': [[], []],
  'telegraf-windows.json': [[], []],
  'packt-voting-app.json': [[], ['key with a blank']],
  'docs-custom-json-suffix.json': [[], ['eventFormatMultiLine', 'JSON layout in 2.2']],
  'docs-file-waitInSeconds-infinity.json': [[], ['waitInSeconds as text']],
  'docs-invalid-root-subdirs.json': [['root of a drive with subdirectories'], []],
};

for (const [file, [schema, traps]] of Object.entries(EXPECTED)) {
  testWithSample(`${file} is judged as each version would read it`, `logs/configs/${file}`, (t, text) => {
    const value: unknown = JSON.parse(text);
    t.deepEqual([...new Set(schemaFaults(value).map(f => f.cause))], schema);
    const always = trapFaults(value).filter(f => !f.certain);
    t.deepEqual([...new Set(always.map(f => f.cause))], traps);
  });
}
