// The schema of SARIF 2.1.0 as OASIS published it, rtm.5, which the matchers of Microsoft's SARIF SDK carry (draft 04).
import * as fs from 'node:fs';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const SCHEMA = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

/** What the schema finds wrong with a log; nothing where it is valid. */
export function sarifFaults(log: unknown): string[] {
  // One pattern of it, of languages, has a bracket too many, which expressions of Unicode refuse.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
