import * as fs from 'node:fs';
import * as path from 'node:path';
import { MemoryFiles } from '../../../engine/src/host/files';
import { IngestRefusal } from '../../../engine/src/ingest/artifact';
import { temporaryFolder } from '../../support/synth';
import { cli, TEMPLATE } from './run-cli';

const IMPORTS = TEMPLATE.replace('BackupVaultName: main', 'BackupVaultName: !ImportValue Elsewhere-Vault');
const CYCLE = `
Resources:
  A:
    Type: AWS::Backup::BackupVault
    Properties: { BackupVaultName: !Sub 'a-\${B}' }
  B:
    Type: AWS::Backup::BackupVault
    Properties: { BackupVaultName: !Sub 'b-\${A}' }
`;
const KUBERNETES = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';
const ARM = JSON.stringify({ $schema: 'https://schema.management.azure.com/x#', contentVersion: '1', resources: [] });
const REFUSAL = /^(error: [^\n]+\n)+$/;

/** Files and what the lines of the refusal name: the file, then the place. */
const BOMB = [
  'a: &a [x, x]',
  ...[...'bcdefghijklmnop'].map((it, i) => `${it}: &${it} [${`*${'abcdefghijklmno'[i]},`.repeat(9)}]`),
].join('\n');

// prettier-ignore
const BAD: [what: string, argv: string, files: Record<string, string>, names: RegExp][] = [
  ['truncated JSON',                 'cut.json',     { 'cut.json': '{"Resources": {"V": {"Type": "AWS::Ba' },  /cut\.json: line 1, column \d+/],
  ['truncated YAML',                 'cut.yaml',     { 'cut.yaml': 'Resources:\n  V: { Type: "AWS::Ba' },       /cut\.yaml: line \d+/],
  ['an empty file',                  'empty.json',   { 'empty.json': '' },                                      /empty\.json: is empty/],
  ['a binary file',                  'x.json',       { 'x.json': '\u0000\u0001' },                              /x\.json: is binary/],
  ['a manifest of Kubernetes',       'map.yaml',     { 'map.yaml': KUBERNETES },                                /map\.yaml: /],
  ['a template of Azure',            'arm.json',     { 'arm.json': ARM },                                       /arm\.json: /],
  ['an import that nobody exports',  'stack.yaml',   { 'stack.yaml': IMPORTS },                                 /stack\.yaml: .*(Vault|BackupVaultName).*Elsewhere-Vault/],
  ['a cyclic reference',             'stack.yaml',   { 'stack.yaml': CYCLE },                                   /stack\.yaml: .*A -> B -> A/],
  ['a directory without artifacts',  'src',          { 'src/main.ts': 'export {};' },                           /src: /],
  ['a key given twice in JSON',      'twice.json',   { 'twice.json': '{"Resources": {"V": {"Type": "A::B::C", "Properties": {"Name": "a", "Na\\u006de": "b"}}}}' }, /twice\.json: line 1, column 69 gives "Name" twice/],
  ['a key given twice in YAML',      'twice.yaml',   { 'twice.yaml': 'Resources:\n  V: { Type: A::B::C, Type: A::B::D }' }, /twice\.yaml: line 2, column \d+ is not YAML/],
  ['a tag that nobody knows',        'tag.yaml',     { 'tag.yaml': 'Resources:\n  V:\n    Type: !Reff vault' }, /tag\.yaml: line 3, column 11 has the tag !Reff, which is no short form/],
  ['aliases that multiply',          'bomb.yaml',    { 'bomb.yaml': BOMB },                                     /bomb\.yaml: repeats itself/],
  ['data nested without end',        'deep.json',    { 'deep.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}` }, /deep\.json: is nested deeper than 200/],
  ['a file that is not there',       'gone.json',    { },                                                       /gone\.json: /],
];

test.each(BAD)('fails with a line for each thing, naming file and place: %s', async (_, artifact, files, names) => {
  for (const command of ['check', 'simulate --days 3', 'next', 'explain --days 3 --resource arn:aws:s3:::x']) {
    const result = await cli([...command.split(' '), artifact], files);
    expect(result.stderr).toMatch(REFUSAL);
    expect(result.stderr).toMatch(names);
    expect([result.code, result.stdout]).toEqual([2, '']);
  }
});

test('ends on a file of 50 MB that is no artifact', async () => {
  const huge = `{"entries":[${'{"id":1234567890,"text":"abcdefghijklmnopqrstuvwxyz"},'.repeat(950_000)}0]}`;
  expect(huge.length).toBeGreaterThan(50_000_000);
  const result = await cli(['check', 'huge.json'], { 'huge.json': huge });
  expect(result.stderr).toMatch(REFUSAL);
  expect(result.stderr).toContain('huge.json');
  expect(result.code).toBe(2);
});

test('fails on a file that may not be read', async () => {
  const closed = new MemoryFiles(new Map([['stack.yaml', TEMPLATE]]));
  closed.read = (file) => {
    throw new IngestRefusal(file, '', 'cannot be read: permission denied');
  };
  const result = await cli(['check', 'stack.yaml'], closed);
  expect([result.code, result.stderr]).toEqual([2, 'error: stack.yaml: cannot be read: permission denied\n']);
});

describe('on disk', () => {
  const folder = temporaryFolder('bad-input');

  // prettier-ignore
  const ON_DISK: [what: string, make: (file: string) => unknown, names: RegExp][] = [
    ['nothing there',             () => undefined,                                            /does not exist|no such file/],
    ['an empty directory',        (file) => fs.mkdirSync(file),                               /: /],
    ['text that is not UTF-8',    (file) => fs.writeFileSync(file, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), /is not text in UTF-8/],
    ['links that form a cycle',   (file) => fs.symlinkSync(file, file),                       /symbolic links form a cycle/],
    ['a device',                  (file) => fs.symlinkSync('/dev/zero', file),                /: /],
    ['a name below a file',       (file) => { fs.writeFileSync(file, '{}'); return `${file}/x`; },  /: /],
  ];

  test.each(ON_DISK)('fails with one line: %s', async (what, make, names) => {
    const file = path.join(folder, what.replaceAll(' ', '-'));
    const artifact = make(file);
    const result = await cli(['check', typeof artifact === 'string' ? artifact : file]);
    expect(result.stderr).toMatch(REFUSAL);
    expect(result.stderr).toContain(file);
    expect(result.stderr).toMatch(names);
    expect(result.code).toBe(2);
  });

  test('reads what PowerShell redirects: UTF-16 with a byte order mark', async () => {
    const file = path.join(folder, 'utf-16.yaml');
    fs.writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEMPLATE, 'utf16le')]));
    const result = await cli(['check', file, '--format', 'json']);
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
  });

  test('reads UTF-8 with a byte order mark', async () => {
    const file = path.join(folder, 'utf-8.yaml');
    fs.writeFileSync(file, `\ufeff${TEMPLATE}`);
    expect((await cli(['check', file])).stderr).toBe('');
  });
});

/** What a user gives beside artifacts. */
// prettier-ignore
const BESIDE: [flag: string, text: string, names: RegExp][] = [
  ['--waivers',   'rule: x',                                         /f\.yaml: must be a list of waivers/],
  ['--waivers',   '- text',                                          /f\.yaml: waivers\[0\] must be a map/],
  ['--waivers',   '- { rule: a, path: b }',                          /f\.yaml: waivers\[0\]\.reason must be text, got nothing/],
  ['--waivers',   '- { rule: a, path: b, reason: "" }',              /f\.yaml: waivers\[0\]\.reason must be text, got ""/],
  ['--waivers',   '- { rule: 7, path: b, reason: c }',               /f\.yaml: waivers\[0\]\.rule must be text, got 7/],
  ['--waivers',   '- { rule: a, path: b, reason: c, until: d }',     /f\.yaml: waivers\[0\]\.until is not a field of a waiver/],
  ['--waivers',   '- { rule: a, path: b, reason: c, expires: soon }',/f\.yaml: waivers\[0\]\.expires must be a day as YYYY-MM-DD, got soon/],
  ['--waivers',   '- { rule: a',                                     /f\.yaml: line 1, column \d+/],
  ['--inventory', '- { rule: a',                                     /f\.yaml: line 1, column \d+/],
  ['--inventory', '- { sizeGiB: 4 }',                                /f\.yaml: .*arn/],
];

test.each(BESIDE)('fails on what %s cannot mean: %s', async (flag, text, names) => {
  const result = await cli(['check', 'stack.yaml', flag, 'f.yaml'], { 'stack.yaml': TEMPLATE, 'f.yaml': text });
  expect(result.stderr).toMatch(REFUSAL);
  expect(result.stderr).toMatch(names);
  expect(result.code).toBe(2);
});

test.each(['--waivers', '--inventory'])('fails when the file of %s is not there', async (flag) => {
  const result = await cli(['check', 'stack.yaml', flag, 'gone.yaml'], { 'stack.yaml': TEMPLATE });
  expect(result.stderr).toMatch(/^error: gone\.yaml: [^\n]+\n$/);
  expect(result.code).toBe(2);
});

describe('a fault of the engine', () => {
  const broken = new MemoryFiles(new Map([["it's.yaml", TEMPLATE]]));
  broken.read = () => {
    throw new TypeError('the engine tripped');
  };
  const argv = ['simulate', "it's.yaml", '--days', '3', '--seed', '7'];

  test('prints its message, the seed and the command that repeats it, and no stack', async () => {
    const result = await cli(argv, broken);
    expect(result.stderr).toBe(
      [
        'error: a fault of the engine, not of its input: the engine tripped',
        'seed: 7',
        "repeat: holdfast simulate 'it'\\''s.yaml' --days 3 --seed 7",
        'HOLDFAST_DEBUG=1 shows the stack',
        '',
      ].join('\n'),
    );
    expect(result.code).toBe(2);
  });

  test('prints the stack when asked', async () => {
    const result = await cli(argv, broken, { debug: true });
    expect(result.stderr).toContain('TypeError: the engine tripped\n    at ');
  });
});

test.each([
  ['prices f.json', 'error: f.json: line 2, column 1 is not JSON: '],
  ['cost stack.yaml --months 1 --prices f.json', 'error: f.json: line 2, column 1 is not JSON: '],
])('fails with one line naming the place: %s', async (argv, names) => {
  const result = await cli(argv.split(' '), { 'stack.yaml': TEMPLATE, 'f.json': '{"prices":\n}' });
  expect(result.stderr).toMatch(REFUSAL);
  expect(result.stderr).toContain(names);
  expect(result.code).toBe(2);
});
