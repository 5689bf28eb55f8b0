/**
 * CloudFormation's intrinsic functions, each as a function of its argument.
 *
 * Pure: what an argument refers to is evaluated through `Scope`.
 * Source   AWS CloudFormation User Guide, "Intrinsic function reference"; `Fn::Length`, `Fn::ToJsonString` and the
 *          default of `Fn::FindInMap` are the transform AWS::LanguageExtensions.
 * Assumed  `Fn::GetAZs` gives the zones a, b and c of any Region.
 */
import { splitAttribute } from '../document';
import { cidrBlocks } from './cidr';
import type { Evaluator } from './evaluator';
import type { Stack } from './stack';
import { isDictionary, LANGUAGE_EXTENSIONS } from './template';
import { excerpt, Unresolved } from './unresolved';

export interface Scope {
  readonly evaluator: Evaluator;
  readonly stack: Stack;
  evaluate(raw: unknown): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Longest text that a function may make. */
const MAX_TEXT = 1024 * 1024;

export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Fn::GetAtt': (argument, scope) => {
    const parts = typeof argument === 'string' ? splitAttribute(argument) : argument;
    const [logicalId, attribute] = list(parts, 'Fn::GetAtt', 2);
    const name = text(scope.evaluate(attribute), 'Fn::GetAtt');
    return scope.evaluator.references.attribute(text(logicalId, 'Fn::GetAtt'), name, scope.stack);
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list(argument, 'Fn::Join', 2);
    const parts = list(scope.evaluate(values), 'Fn::Join').map((part) => text(part, 'Fn::Join'));
    const between = text(scope.evaluate(delimiter), 'Fn::Join');
    const length = parts.reduce((sum, part) => sum + part.length + between.length, 0);
    return withinBounds(length, parts).join(between);
  },
  'Fn::Select': (argument, scope) => {
    const [index, values] = list(argument, 'Fn::Select', 2);
    const chosen = Number(text(scope.evaluate(index), 'Fn::Select'));
    const items = list(scope.evaluate(values), 'Fn::Select');
    if (!Number.isInteger(chosen) || chosen < 0 || chosen >= items.length) {
      throw new Unresolved(`where Fn::Select asks for item ${chosen} of ${items.length}`);
    }
    return items[chosen];
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, value] = list(argument, 'Fn::Split', 2);
    const by = text(scope.evaluate(delimiter), 'Fn::Split');
    if (by === '') {
      throw new Unresolved('where Fn::Split has an empty delimiter');
    }
    return text(scope.evaluate(value), 'Fn::Split').split(by);
  },
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, scope) =>
    scope.evaluator.references.imported(text(scope.evaluate(argument), 'Fn::ImportValue'), scope.stack),
  'Fn::Base64': (argument, scope) =>
    bounded(Buffer.from(text(scope.evaluate(argument), 'Fn::Base64')).toString('base64')),
  'Fn::Cidr': (argument, scope) => {
    const [block = '', count = '', bits = '8'] = list(argument, 'Fn::Cidr').map((part) => {
      return text(scope.evaluate(part), 'Fn::Cidr');
    });
    return cidrBlocks(block, Number(count), Number(bits));
  },
  'Fn::GetAZs': (argument, scope) => {
    const region = text(scope.evaluate(argument), 'Fn::GetAZs');
    return ['a', 'b', 'c'].map((zone) => `${region === '' ? scope.stack.env.region : region}${zone}`);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument, 'Fn::Equals', 2).map((part) => comparable(scope.evaluate(part)));
    return left === right;
  },
  'Fn::And': (argument, scope) => list(argument, 'Fn::And').every((part) => truth(part, scope)),
  'Fn::Or': (argument, scope) => list(argument, 'Fn::Or').some((part) => truth(part, scope)),
  'Fn::Not': (argument, scope) => !truth(list(argument, 'Fn::Not', 1)[0], scope),
  'Fn::Length': (argument, scope) => {
    extension('Fn::Length', scope);
    return list(scope.evaluate(argument), 'Fn::Length').length;
  },
  'Fn::ToJsonString': (argument, scope) => {
    extension('Fn::ToJsonString', scope);
    return bounded(JSON.stringify(scope.evaluate(argument)) ?? '');
  },
  'Fn::Transform': () => {
    throw new Unresolved('which a macro fills in at deploy time');
  },
};

/** `${Name}`, `${Name.Attribute}` and `${!Literal}` in a text, with or without variables of its own. */
function substitute(argument: unknown, scope: Scope): unknown {
  const [template, given] = Array.isArray(argument) ? list(argument, 'Fn::Sub', 2) : [argument, {}];
  const variables = given === undefined ? {} : given;
  if (typeof template !== 'string' || !isDictionary(variables)) {
    throw new Unresolved('where Fn::Sub must have a text, or a text and an object');
  }
  const fill = (written: string): string => {
    if (written.startsWith('!')) {
      return `\${${written.slice(1)}}`;
    }
    const name = written.trim();
    if (Object.hasOwn(variables, name)) {
      return text(scope.evaluate(variables[name]), 'Fn::Sub');
    }
    const call = name.includes('.') ? { 'Fn::GetAtt': splitAttribute(name) } : { Ref: name };
    return text(scope.evaluate(call), 'Fn::Sub');
  };
  let length = template.length;
  const filled = template.replace(/\$\{([^}]*)\}/g, (_whole, written: string) => {
    const part = fill(written);
    length += part.length;
    return withinBounds(length, part);
  });
  return filled.includes('{{resolve:') ? scope.evaluator.references.resolved(filled, scope.stack) : filled;
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map, first, second, options] = list(argument, 'Fn::FindInMap');
  const names = [map, first, second].map((part) => text(scope.evaluate(part), 'Fn::FindInMap'));
  let found: unknown = scope.stack.template.mappings;
  for (const name of names) {
    found = isDictionary(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  if (found !== undefined) {
    return found;
  }
  if (isDictionary(options) && Object.hasOwn(options, 'DefaultValue')) {
    extension('the default of Fn::FindInMap', scope);
    return scope.evaluate(options['DefaultValue']);
  }
  throw new Unresolved(`where the template's mappings hold no ${names.join('.')}`);
}

/** Functions that exist only where the template asks for them. */
function extension(what: string, scope: Scope): void {
  if (!scope.stack.template.transforms.includes(LANGUAGE_EXTENSIONS)) {
    throw new Unresolved(`where ${what} needs the transform ${LANGUAGE_EXTENSIONS}, which the template does not name`);
  }
}

function truth(raw: unknown, scope: Scope): boolean {
  const value = scope.evaluate(raw);
  if (value === true || value === 'true') {
    return true;
  }
  if (value === false || value === 'false') {
    return false;
  }
  throw new Unresolved(`where ${excerpt(value, 60)} is neither true nor false`);
}

/** CloudFormation compares values as text. */
function comparable(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function list(value: unknown, name: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    const wanted = length === undefined ? 'a list' : `a list of ${length}`;
    throw new Unresolved(`where ${name} must have ${wanted}, got ${excerpt(value, 60)}`);
  }
  return value;
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new Unresolved(`where ${name} needs text, got ${excerpt(value, 60)}`);
}

function bounded(value: string): string {
  return withinBounds(value.length, value);
}

/** Texts that double with each reference must not fill the memory. */
function withinBounds<T>(length: number, value: T): T {
  if (length > MAX_TEXT) {
    throw new Unresolved('which grows beyond 1 MiB');
  }
  return value;
}
