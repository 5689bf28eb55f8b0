import { MemoryFiles } from '../../../engine/src/host/files';
import { readArtifacts } from '../../../engine/src/ingest/read-artifacts';
import { ENV, read, refusal } from './read';

const EXPECTED =
  'expected a cloud assembly (cdk.out), a CloudFormation template, a cdktf.out folder or cdk.tf.json, the output of terraform show -json, or a blueprint';

/** What reading the one file says. */
function refused(content: unknown, file = 'in.json'): string {
  return refusal(() => read({ [file]: content }));
}

describe('something that is no artifact', () => {
  // prettier-ignore
  test.each<[string, string, unknown, string]>([
    ['an empty file',             'in.json',  '',                                       'is empty; expected JSON or YAML'],
    ['a file of spaces',          'in.json',  ' \n\t',                                  'is empty; expected JSON or YAML'],
    ['a binary file',             'in.json',  'PK\u0003\u0004\u0000\u0000',             'is binary; expected JSON or YAML'],
    ['JSON that is cut off',      'in.json',  '{"Resources": {"V": {"Type"',            'line 1, column 28 is not JSON: the text ends inside an object'],
    ['a list that is cut off',    'in.json',  '{"a": [1,\n 2',                          'line 2, column 3 is not JSON: the text ends inside an array'],
    ['a comma too many',          'in.json',  '{\n  "a": 1,\n}',                        "line 3, column 1 is not JSON: expected a key in double quotes, got '}'"],
    ['a comma too few',           'in.json',  '{"a": 1 "b": 2}',                        "line 1, column 9 is not JSON: expected ',' or '}', got '\"'"],
    ['a colon that is missing',   'in.json',  '{"a" 1}',                                "line 1, column 6 is not JSON: expected ':', got '1'"],
    ['single quotes',             'in.json',  "{'a': 1}",                               "line 1, column 2 is not JSON: expected a key in double quotes or '}', got '''"],
    ['a string without end',      'in.json',  '{"a": "b',                               'line 1, column 7 is not JSON: a string has no end, or holds a character that must be escaped'],
    ['text after the end',        'in.json',  '{} x',                                   "line 1, column 4 is not JSON: expected nothing more, got 'x'"],
    ['a word that JSON has not',  'in.json',  '{"a": nope}',                            "line 1, column 7 is not JSON: expected a value, got 'n'"],
    ['YAML that is cut off',      'in.yaml',  'Resources:\n  V: "abc',                  'line 2, column 10 is not YAML: missing closing "quote'],
    ['YAML with a key twice',     'in.yaml',  'a: 1\na: 2\n',                           'line 2, column 1 is not YAML: map keys must be unique'],
    ['YAML with two tags',        'in.yaml',  'a: !Base64 !Sub x\n',                    'line 1, column 12 is not YAML: a node can have at most one tag'],
    ['Kubernetes in documents',   'in.yaml',  'apiVersion: v1\nkind: Pod\n---\na: 1\n', 'holds 2 YAML documents, as Kubernetes manifests do; expected one'],
    ['YAML that multiplies',      'in.yaml',  bomb(),                                   'repeats itself through YAML aliases beyond any bound'],
    ['text',                      'in.txt',   'hello',                                  `is a string, not an object; ${EXPECTED}`],
    ['a number',                  'in.json',  '12',                                     `is a number, not an object; ${EXPECTED}`],
    ['a list',                    'in.json',  [1],                                      `is a list; ${EXPECTED}`],
    ['an inventory',              'in.json',  [{ arn: 'arn:aws:s3:::b' }],              `is a list, as an inventory is (give it with --inventory); ${EXPECTED}`],
    ['an ARM template',           'in.json',  { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', resources: [] }, `is an Azure Resource Manager template; ${EXPECTED}`],
    ['a Kubernetes manifest',     'in.json',  { apiVersion: 'v1', kind: 'Pod' },        `is a Kubernetes manifest; ${EXPECTED}`],
    ['SAM without resources',     'in.json',  { Transform: 'AWS::Serverless-2016-10-31', Globals: {} }, `is a template without a Resources section; ${EXPECTED}`],
    ['a raw Terraform state',     'in.json',  { version: 4, terraform_version: '1.11.4', lineage: 'x', resources: [] }, `is a raw Terraform state (give terraform show -json); ${EXPECTED}`],
    ['Serverless Framework',      'in.yaml',  'service: a\nprovider: {name: aws}\n',    `is a configuration of the Serverless Framework; ${EXPECTED}`],
    ['Docker Compose',            'in.yaml',  'services: {web: {image: x}}\n',          `is a Docker Compose file; ${EXPECTED}`],
    ['a blueprint without schema', 'in.json', { vaults: [], plans: [] },                  `has vaults and plans, as a blueprint has, but no schema; a blueprint begins with schema: holdfast.blueprint/1; ${EXPECTED}`],
    ['any other JSON',            'in.json',  { hello: 'world' },                       `is none of the forms that are read; ${EXPECTED}`],
    ['HCL',                       'main.tf',  'resource "a" "b" {}',                    'is Terraform written as .tf; give terraform show -json of its plan, or cdktf.out'],
    ['another schema of ours',    'in.json',  { schema: 'holdfast.check/1' },           'schema must be holdfast.blueprint/1, got "holdfast.check/1"'],
    ['JSON nested without end',   'in.json',  '['.repeat(3e5) + ']'.repeat(3e5),        'is nested deeper than 200 levels'],
    ['YAML nested without end',   'in.yaml',  `a: ${'['.repeat(1e5)}`,                  'is nested deeper than 200 levels'],
  ])('fails on %s', (_title, file, content, expected) => {
    expect(refused(content, file)).toBe(`${file}: ${expected}`);
  });

  test('fails on a file that is not there', () => {
    expect(
      refusal(() => readArtifacts(['nope'], { env: ENV, parameters: {}, values: {} }, new MemoryFiles(new Map()))),
    ).toBe(`nope: does not exist; ${EXPECTED}`);
  });

  // prettier-ignore
  test.each<[string, Record<string, unknown>, string]>([
    ['a directory without artifacts', { 'in/readme.md': 'x' },                               `in: is a directory without artifacts; ${EXPECTED}`],
    ['a project folder',              { 'in/cdk.out/manifest.json': {}, 'in/cdk.json': {} }, 'in: is a directory without artifacts; give in/cdk.out'],
    ['a folder of .tf files',         { 'in/main.tf': 'x' },                                 'in: is a directory without artifacts; Terraform written as .tf is read through terraform show -json of its plan'],
    ['an assembly without stacks',    { 'in/manifest.json': { version: '55.0.0', artifacts: {} } }, 'in/manifest.json: is a cloud assembly without stacks'],
    ['a manifest of something else',  { 'in/manifest.json': [1] },                           'in/manifest.json: is no manifest of a cloud assembly: expected an object with artifacts'],
    ['a template that is missing',    { 'in/manifest.json': stack({ templateFile: 'S.json' }) }, 'in/manifest.json: artifacts.S.properties.templateFile names in/S.json, which is missing'],
    ['an artifact without template',  { 'in/manifest.json': stack({}) },                     'in/manifest.json: artifacts.S.properties has no templateFile'],
    ['an environment of no place',    { 'in/manifest.json': stack({ templateFile: 'S.json' }, 'nowhere'), 'in/S.json': { Resources: {} } }, 'in/manifest.json: artifacts.S.environment must be aws://account/region, got "nowhere"'],
    ['a template that is cut off',    { 'in/manifest.json': stack({ templateFile: 'S.json' }), 'in/S.json': '{"Res' }, 'in/S.json: line 1, column 2 is not JSON: a string has no end, or holds a character that must be escaped'],
  ])('fails on %s', (_title, contents, expected) => {
    expect(refusal(() => read(contents, {}, ['in']))).toBe(expected);
  });

  // prettier-ignore
  test.each<[string, unknown, string]>([
    ['resources that are a list',   { AWSTemplateFormatVersion: '2010-09-09', Resources: [] }, `is a template without a Resources section; ${EXPECTED}`],
    ['a resource that is nothing',  { Resources: { V: null } },                              'Resources.V must be an object'],
    ['a resource without type',     { Resources: { V: {} } },                                'Resources.V has no Type'],
    ['properties that are a list',  { Resources: { V: { Type: 'A', Properties: [] } } },     'Resources.V.Properties must be an object'],
    ['a condition that is no name', { Resources: { V: { Type: 'A', Condition: {} } } },      'Resources.V.Condition must be the name of a condition'],
    ['parameters that are text',    { Resources: {}, Parameters: 'x' },                      'Parameters must be an object'],
    ['a parameter without type',    { Resources: {}, Parameters: { P: {} } },                'Parameters.P has no Type'],
    ['a transform that is no name', { Resources: {}, Transform: [1] },                       'Transform must be the name of a macro, or a list of names'],
    ['a loop over resources',       { Resources: { 'Fn::ForEach::X': [] } },                 'Resources.Fn::ForEach::X needs the transform AWS::LanguageExtensions, which the template does not name'],
  ])('fails on a template with %s', (_title, content, expected) => {
    expect(refused(content)).toBe(`in.json: ${expected}`);
  });

  test('an artifact that is given twice is read once', () => {
    const template = {
      Resources: { V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } } },
    };
    expect(read({ 'in.json': template }, {}, ['in.json', 'in.json']).estate.vaults).toHaveLength(1);
  });

  test('a resource of two artifacts is one, and the second is listed', () => {
    const template = { Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shared' } } } };
    const { estate, notRead } = read({ 'a.json': template, 'b.json': { ...template } });
    expect(estate.resources?.map(({ declaredAt }) => declaredAt)).toEqual(['a.json: B']);
    expect(notRead).toEqual([
      { path: 'b.json: B', type: 'S3', reason: 'is arn:aws:s3:::shared, declared at a.json: B already' },
    ]);
  });
});

function stack(properties: object, environment = 'aws://111122223333/eu-west-1'): object {
  return { version: '55.0.0', artifacts: { S: { type: 'aws:cloudformation:stack', environment, properties } } };
}

/** Each line holds the one before it three times. */
function bomb(): string {
  const lines = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at},*a${at},*a${at}]`);
  return ['a0: &a0 [x]', ...lines].join('\n');
}
