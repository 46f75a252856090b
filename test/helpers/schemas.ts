import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {Ajv} from 'ajv';
import type {ValidateFunction} from 'ajv';
import {Ajv2020} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {XmlDocument, XsdValidator} from 'libxml2-wasm';

const require = createRequire(import.meta.url);
const root = new URL('../../', import.meta.url);

const NAMES = [
  'doctor-report',
  'lint-report',
  'check-doc',
  'agent-status-list',
  'bundle-diff',
  'bundle-info',
  'node-list',
  'image-list',
  'runtime-list',
  'hns-network-list',
  'hns-endpoint-list',
  'hns-namespace-list',
  'hns-load-balancer-list',
  'hns-difference-list',
  'probe-plan',
  'probe-list',
] as const;
type SchemaName = (typeof NAMES)[number];

const ours = new Ajv2020({allErrors: true, strict: true, strictRequired: false, strictTypes: false});
addFormats.default(ours);
for (const name of NAMES) {
  ours.addSchema(JSON.parse(readFileSync(new URL(`plugin/schema/${name}.schema.json`, root), 'utf8')));
}

/** What a published schema of ours has against a value; nothing: it is valid. */
export function schemaErrors(name: SchemaName, value: unknown): string[] {
  const validate = ours.getSchema(`urn:kubectl-win:v1:${name}`);
  if (!validate) throw new Error(`there is no schema ${name}`);
  return errorsOf(validate, value);
}

let sarif: ValidateFunction | undefined;

/** What the SARIF 2.1.0 schema of OASIS has against a value. */
export function sarifErrors(value: unknown): string[] {
  if (!sarif) {
    const ajv = new Ajv({allErrors: true, strict: false, unicodeRegExp: false});
    addFormats.default(ajv);
    // It calls itself draft 04 and uses nothing in which that differs from draft 07 but the name of `$id`.
    const {
      $schema: _draft,
      id: _id,
      ...schema
    } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    sarif = ajv.compile(schema);
  }
  return errorsOf(sarif, value);
}

function errorsOf(validate: ValidateFunction, value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(e => `${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`);
}

/** Parses XML strictly. Throws on the first thing that is not well-formed. The caller disposes it. */
export function parseXml(text: string): XmlDocument {
  return XmlDocument.fromString(text);
}

/** What the JUnit schema has against a document; an error also where it is no XML. */
export function junitErrors(text: string): string[] {
  const schema = XmlDocument.fromString(
    readFileSync(new URL('test/fixtures/schemas/junit.xsd', root), 'utf8'),
  );
  const validator = XsdValidator.fromDoc(schema);
  try {
    const document = parseXml(text);
    validator.validate(document);
    document.dispose();
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    validator.dispose();
    schema.dispose();
  }
}
