/** What is read and written of YAML where few come to it: imported when they do, which in a build no package in CommonJS can be. */
export {parseDocument, stringify} from 'yaml';
