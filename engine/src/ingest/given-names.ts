/**
 * What the user gives by name (`--parameter`, `--value`), and which of it nothing asked for: a typing error that
 * passed silently would change the answer.
 *
 * Owns     the names that one reading asked for.
 * Source   CloudFormation refuses parameters that the template does not declare ("do not exist in the template"),
 *          Terraform a `-var` of an undeclared variable.
 */
import { DocumentShape } from '@holdfast/model';
import type { ReadOptions } from './artifact';
import { IngestRefusal } from './artifact';

/** More names than this are not worth showing. */
const SHOWN = 10;

/** The options of one reading, watched. */
export class GivenNames {
  /** To be read with in place of those given. */
  readonly options: ReadOptions;
  private readonly parameters = new Set<string>();
  private readonly values = new Set<string>();

  constructor(private readonly given: ReadOptions) {
    this.options = {
      ...given,
      parameters: watched(given.parameters, this.parameters),
      values: watched(given.values, this.values),
    };
  }

  /**
   * @param file the artifacts, as a refusal names them
   * @throws IngestRefusal naming the first name that nothing asked for
   */
  refuseUnasked(file: string): void {
    const parameter = Object.keys(this.given.parameters).find((name) => !this.parameters.has(name));
    if (parameter !== undefined) {
      const declared = [...this.parameters].filter((name) => !name.includes(':'));
      const hint = declared.length === 0 ? 'it declares none' : hintOf(parameter, declared);
      throw new IngestRefusal(file, '', `declares no parameter or variable ${parameter}, which was given; ${hint}`);
    }
    const path = Object.keys(this.given.values).find((name) => !this.values.has(name));
    if (path !== undefined) {
      const near = DocumentShape.nearest(path, [...this.values]);
      const hint = near === undefined ? 'a refusal names the path to give' : `did you mean ${near}?`;
      throw new IngestRefusal(file, '', `reads nothing at ${path}, for which a value was given; ${hint}`);
    }
  }
}

/** Asks for names that an artifact declares, as giving one is no error where nothing that is read uses it. */
export function askForAll(parameters: Readonly<Record<string, string>>, declared: Iterable<string>): void {
  for (const name of declared) {
    Object.hasOwn(parameters, name);
  }
}

function hintOf(name: string, declared: readonly string[]): string {
  const near = DocumentShape.nearest(name, [...declared]);
  const more = declared.length > SHOWN ? ` and ${declared.length - SHOWN} more` : '';
  return near === undefined ? `it declares ${declared.slice(0, SHOWN).join(', ')}${more}` : `did you mean ${near}?`;
}

/** A record that notes each name that it is asked for, whether it holds it or not. */
function watched<T>(record: Readonly<Record<string, T>>, asked: Set<string>): Readonly<Record<string, T>> {
  if (Object.keys(record).length === 0) {
    return record;
  }
  const note = <R>(key: string | symbol, answer: R): R => {
    if (typeof key === 'string') {
      asked.add(key);
    }
    return answer;
  };
  return new Proxy(record, {
    get: (target, key) => note(key, Reflect.get(target, key) as unknown),
    has: (target, key) => note(key, Reflect.has(target, key)),
    getOwnPropertyDescriptor: (target, key) => note(key, Reflect.getOwnPropertyDescriptor(target, key)),
  });
}
