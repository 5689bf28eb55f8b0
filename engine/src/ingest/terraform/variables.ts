/**
 * Input variables: what the user gives, else the default.
 *
 * Source   Terraform language docs, "Input Variables"; "Assigning Values to Root Module Variables": on the command
 *          line a string stays text, any other type is an expression.
 */
import { Budget, evaluateReference } from './expression/evaluate';
import { ExpressionFault, isList, objectOf, SetValue, Unknown, Value } from './expression/values';
import { isJsonObject, JsonObject } from './json-file';

/** The value of a variable that no caller set. */
export function variableValue(name: string, body: JsonObject, parameters: Readonly<Record<string, string>>): Value {
  const type = typeof body['type'] === 'string' ? body['type'].replace(/^\$\{(.*)\}$/, '$1').trim() : 'any';
  const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (given !== undefined) return typed(fromCommandLine(given, type), type);
  if (Object.hasOwn(body, 'default')) return typed(literal(body['default']), type);
  return new Unknown(`\${var.${name}}`, `var.${name} has no default`, `--parameter ${name}=…`);
}

/** Defaults are literal: no template in them is evaluated. */
function literal(json: unknown): Value {
  if (Array.isArray(json)) return json.map(literal);
  if (isJsonObject(json)) return objectOf(Object.entries(json).map(([key, value]) => [key, literal(value)]));
  return json as Value;
}

function fromCommandLine(given: string, type: string): Value {
  if (!/^(list|set|map|object|tuple)\(|^(list|map)$/.test(type)) return given;
  try {
    return evaluateReference(given, { budget: new Budget(), resolve: () => undefined });
  } catch (error) {
    if (error instanceof ExpressionFault) return new Unknown(given, `the parameter is no ${type}: ${error.message}`);
    throw error;
  }
}

/** The conversions that show: a set is no list. */
function typed(value: Value, type: string): Value {
  if (type.startsWith('set(') && isList(value)) return new SetValue(value);
  return value;
}
