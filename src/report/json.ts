import {Scalar, stringify, visit, Document} from 'yaml';
import type {DoctorReport} from './report.ts';
import {hasUnseen, visibleJson} from './visible.ts';

/** Writes a report, or any other answer of a command, as JSON. What a terminal would obey is escaped, values are whole. */
export function renderJson(report: DoctorReport | object): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}

/** Writes the same as YAML. Strings with anything in them that a terminal would obey are quoted and escaped. */
export function renderYaml(report: DoctorReport | object): string {
  // By way of JSON: what JSON has no word for (undefined) must not become a word of YAML.
  const document = new Document(JSON.parse(JSON.stringify(report)), {aliasDuplicateObjects: false});
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && hasUnseen(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return visibleJson(stringify(document, {lineWidth: 0}));
}
