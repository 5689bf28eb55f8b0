import * as fs from 'node:fs';
import { RuleCatalog } from '@holdfast/model';
import { IConstruct } from 'constructs';
import type * as yaml from 'yaml';
import { ValidationError } from './refuse';

const DOCUMENT = 'blueprint-document';

/**
 * The content of a blueprint file; JSON is YAML, too.
 *
 * @throws ValidationError when there is no such file, or no document in it
 */
export function readBlueprintFile(scope: IConstruct, file: string | undefined): unknown {
  if (file === undefined) {
    throw fault(scope, 'file', 'neither a file nor a document');
  }
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw fault(scope, 'file', `${file}: ${(error as Error).message}`);
  }
  try {
    // Only whoever reads a blueprint waits for it to load.
    const { parse } = require('yaml') as typeof yaml;
    return parse(text, { maxAliasCount: 1000 }) as unknown;
  } catch (error) {
    throw fault(scope, file, firstLine((error as Error).message));
  }
}

function fault(scope: IConstruct, path: string, given: string): ValidationError {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(DOCUMENT);
  return new ValidationError(scope.node.path, [
    { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source },
  ]);
}

/** What follows is a picture of the place. */
function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
