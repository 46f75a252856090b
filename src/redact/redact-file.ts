import type {Counts, Redacted} from './edit.ts';
import {redactJson} from './files/json.ts';
import {redactLog} from './files/log.ts';
import {contextOf, redactText} from './files/strings.ts';
import {redactToml} from './files/toml.ts';
import {redactXml} from './files/xml.ts';
import {redactYaml} from './files/yaml.ts';

/** How files are redacted, by the ends of their names. */
const BY_EXTENSION: Readonly<Record<string, (text: string, counts: Counts) => string>> = {
  json,
  conflist: json,
  conf: redactText,
  jsonl: json,
  ndjson: json,
  yaml: yamlOrJson,
  yml: yamlOrJson,
  kubeconfig: yamlOrJson,
  toml: redactToml,
  xml,
  config: xml,
  html: xml,
  log: redactLog,
  txt: redactLog,
  out: redactLog,
  err: redactLog,
};

/** Redacts the text of a file by what its name says that it is. The same text comes back where there is nothing to redact. */
export function redactFile(path: string, text: string): Redacted {
  const counts: Counts = new Map();
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = /\.(\w{1,12})(?:[.-]\d{1,14}|\.old|\.bak)?$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const how = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  return {text: (how ?? redactText)(text, counts), counts};
}

/** Every JSON is YAML, but not the other way round. */
function yamlOrJson(text: string, counts: Counts): string {
  return /^\s{0,100}[[{]/.test(text) ? json(text, counts) : redactYaml(text, contextOf(counts));
}

/** What has the name of JSON and is none, as where a server answered in words, or its start is cut away, is text first. */
function json(text: string, counts: Counts): string {
  return redactJson(IS_JSON.test(text) ? text : redactLog(text, counts), contextOf(counts));
}

const IS_JSON = /^\uFEFF?\s{0,1000}[[{]/;

function xml(text: string, counts: Counts): string {
  return redactXml(text, contextOf(counts));
}
