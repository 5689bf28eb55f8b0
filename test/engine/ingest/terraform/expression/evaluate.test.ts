import { readFileSync } from 'node:fs';
import { Budget, evaluateTemplate, Scope } from '../../../../../engine/src/ingest/terraform/expression/evaluate';
import { knownFunctions } from '../../../../../engine/src/ingest/terraform/expression/functions/call';
import {
  ExpressionFault,
  LazyObject,
  plain,
  Unknown,
  Value,
} from '../../../../../engine/src/ingest/terraform/expression/values';
import { fixture } from '../artifact-files';

/** Expressions, and what Terraform 1.11.4 with the AWS provider 5.100.0 made of them. */
const EVALUATED = JSON.parse(readFileSync(fixture('evaluated-by-terraform.json'), 'utf8')) as [string, unknown][];

const NAMES: Readonly<Record<string, Value>> = {
  var: { name: 'daily', none: null, list: ['a', 'b'], later: new Unknown('', 'it comes later', '--parameter later=…') },
  lazy: new LazyObject('lazy', (name) => `${name}!`),
};

function scope(): Scope {
  return { budget: new Budget(), resolve: (name) => NAMES[name] };
}

function value(source: string): Value {
  return evaluateTemplate(source, scope());
}

test.each(EVALUATED)('%s gives what Terraform gives', (source, expected) => {
  expect(plain(value(source))).toEqual(expected);
});

test('each function is held against Terraform, or below', () => {
  const text = EVALUATED.map(([source]) => source).join('\n') + readFileSync(__filename, 'utf8');
  expect(knownFunctions().filter((name) => !text.includes(`${name}(`))).toEqual([]);
});

// prettier-ignore
test.each([
  ['${setsubtract(["a", "b"], ["b"])}',       ['a']],
  ['${sensitive("x")}${nonsensitive("y")}',   'xy'],
  ['${issensitive("x")}',                     false],
  ['${ephemeralasnull("x")}',                 'x'],
  ['${sha1("x")}',                            '11f6ad8ec52a2984abaafd7c3b516503785c2072'],
  ['${substr(sha512("x"), 0, 8)}',            'a4abd444'],
  ['${substr(base64sha512("x"), 0, 8)}',      'pKvURIxJ'],
  ['${tonumber("12")}',                       12],
  ['${min(3, 2)}',                            2],
  ['${core::max(1, 2)}',                      2],
  ['${provider::aws::arn_build("aws", "s3", "", "", "b")}', 'arn:aws:s3:::b'],
  ['no template',                             'no template'],
  ['${var.name}',                             'daily'],
  ['plan-${var.name}-1',                      'plan-daily-1'],
  ['${var.list[1]}',                          'b'],
  ['${var["name"]}',                          'daily'],
  ['${lazy.x}',                               'x!'],
  ['${upper("${var.name}-${"a${1}"}")}',      'DAILY-A1'],
  ['${var.later == "x" || true}',             true],
  ['${false && var.later}',                   false],
  ['${length([var.later, 1])}',               2],
  ['${try(var.missing.x, "fallback")}',       'fallback'],
  ['${can(var.missing)}',                     false],
  ['${coalesce(var.none, var.name)}',         'daily'],
  ['${ /* a comment */ 1 + # another\n 2 }',  3],
  ['${(\n1\n+\n2\n)}',                        3],
  ['${regex("^[[:alpha:]]+$", "abc")}',       'abc'],
  ['${regexall("(?i)A", "aA")}',              ['a', 'A']],
])('%s', (source, expected) => {
  expect(plain(value(source))).toEqual(expected);
});

// prettier-ignore
test.each([
  ['${var.later}',                        'it comes later'],
  ['a-${var.later}',                      'it comes later'],
  ['${var.later ? 1 : 2}',                'it comes later'],
  ['${upper(var.later)}',                 'it comes later'],
  ['${jsonencode({ a = [var.later] })}',  'it comes later'],
  ['${[for x in var.later : x]}',         'it comes later'],
  ['${[for x in [1] : x if var.later]}',  'it comes later'],
  ['${coalesce(var.later, "x")}',         'it comes later'],
  ['${var.list[var.later]}',              'it comes later'],
  ['${-var.later + 1}',                   'it comes later'],
  ['%{ if var.later }x%{ endif }',        'it comes later'],
  ['${jsonencode(lazy)}',                 'lazy as a whole is known only after apply'],
  ['${timestamp()}',                      'timestamp() differs from run to run'],
  ['${uuid()}',                           'uuid() differs from run to run'],
  ['${cidrsubnet("10.0.0.0/8", 8, 1)}',   'the function cidrsubnet() is not read'],
  ['${format("%e", 1)}',                  'the verb %e of format() is not read'],
  ['${regex("(a+)+$", "aaaa")}',          'the pattern (a+)+$ is not read: it repeats a group that repeats or chooses'],
  ['${regex("(?=a)a", "a")}',             'the pattern (?=a)a is not read: RE2 has no such group'],
  ['${regex("(?U)a", "a")}',              'the pattern (?U)a is not read: the flag U'],
])('%s is not known', (source, because) => {
  const found = value(source);
  expect(found).toBeInstanceOf(Unknown);
  expect((found as Unknown).because).toBe(because);
});

// prettier-ignore
test.each([
  ['${var.missing}',                   'the object has no attribute "missing"'],
  ['${nothing.x}',                     'there is no "nothing" to refer to'],
  ['${var.list[5]}',                   'there is no item 5 in a list of 2'],
  ['${var.name.x}',                    'there is no attribute "x" of "daily"'],
  ['${1 + "a"}',                       "the right side of '+' must be a number, got \"a\""],
  ['${1 / 0}',                         'a division by zero'],
  ['${!"maybe"}',                      "the operand of '!' must be true or false, got \"maybe\""],
  ['${"x" ? 1 : 2}',                   'a condition must be true or false, got "x"'],
  ['a${[1]}',                          'what a template interpolates must be a string, got a list of 1'],
  ['${upper()}',                       'upper() takes 1 argument(s), got 0'],
  ['${join(",", "a")}',                'a list of join() must be a list, got "a"'],
  ['${element([], 0)}',                'element() has no use for an empty list'],
  ['${one([1, 2])}',                   'one() takes a list of 0 or 1 items, got 2'],
  ['${lookup({}, "a")}',               'the object has no key "a"'],
  ['${range(2000)}',                   'range() makes more than 1024 numbers'],
  ['${range(1, 5, -1)}',               'range() does not come from 1 to 5 in steps of -1'],
  ['${jsondecode("{")}',               'what jsondecode() is given is not JSON'],
  ['${base64decode("%")}',             'what base64decode() is given is not base64'],
  ['${format("%s")}',                  'format() has no argument for %s'],
  ['${format("a", 1)}',                'format() has 1 arguments and uses 0'],
  ['${format("%9999s", "a")}',         '%9999s is wider than 1000'],
  ['${regex("z", "a")}',               'the pattern z matches nothing in "a"'],
  ['${parseint("z", 16)}',             '"z" is no number to base 16'],
  ['${{ for x in ["a", "a"] : x => 1 }}', 'two entries of a for expression have the key "a"'],
  ['${[for x in 5 : x]}',              'a loop goes over a list, set or object, got 5'],
  ['${toset(["a"])[0]}',               'a set has no index'],
  ['${zipmap(["a"], [])}',             'zipmap() needs as many keys as values, got 1 and 0'],
  ['${1 +}',                           "at character 5 a value is expected, got '}'"],
  ['${1',                              "at character 3 '}' is expected, got the end"],
  ['${"a',                             'a quote is not closed'],
  ['%{ if true }x',                    '%{ else or endif } is missing'],
  ['%{ endif }',                       '%{ endif } has no beginning'],
  ['%{ while true }',                  '%{ while } is not a directive'],
  ['${a ^ b}',                         'character "^" at 4 is not part of an expression'],
  ['${"\\q"}',                         'a backslash begins no escape that Terraform knows'],
  ['${"\\Uffffffff"}',                 '\\Uffffffff is no character'],
  ['${' + '('.repeat(200) + '1' + ')'.repeat(200) + '}', 'is nested deeper than 100'],
  ['${' + '-'.repeat(200) + '1}',      'is nested deeper than 100'],
  ['${'.concat('"${'.repeat(200)),     'is nested deeper than 50 templates'],
])('%s is refused', (source, message) => {
  expect(() => value(source)).toThrow(new ExpressionFault(message));
});

test('a fault inside an argument of try() is caught, a spent budget is not', () => {
  const loops = '${try(length([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]), 0)}';
  expect(() => value(loops)).toThrow('evaluates more than 5,000,000 expressions');
});
