import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileSource, IngestRefusal, IngestRefusals } from '../../../engine/src/ingest/artifact';
import { readArtifacts } from '../../../engine/src/ingest/read-artifacts';
import { ENV, filesOf, read, refusal } from './read';

const FIXTURES = path.join(__dirname, 'fixtures');
const JSON_TEXT = fs.readFileSync(path.join(FIXTURES, 'estate.json'), 'utf8');
const YAML_TEXT = fs.readFileSync(path.join(FIXTURES, 'estate.yaml'), 'utf8');
const DOCUMENT = JSON.parse(JSON_TEXT) as Tree;

type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

/** Reads, and accepts nothing but a result or refusals of a line each that name the file. */
function readsOrRefuses(contents: Readonly<Record<string, unknown>>): boolean {
  try {
    return read(contents).estate !== undefined;
  } catch (error) {
    if (!(error instanceof IngestRefusal)) {
      throw error;
    }
    const all = error instanceof IngestRefusals ? error.all : [error];
    for (const { file, message } of all) {
      expect(message).toMatch(new RegExp(`^${file}: [^\\n]+$`));
    }
    return true;
  }
}

/** Every place in a tree. */
function placesOf(tree: Tree, prefix: (string | number)[] = []): (string | number)[][] {
  if (typeof tree !== 'object' || tree === null) {
    return [prefix];
  }
  const inner = Object.entries(tree).flatMap(([key, value]) => placesOf(value, [...prefix, key]));
  return [prefix, ...inner];
}

function replaced(tree: Tree, place: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) {
    return value;
  }
  const copy: Record<string, unknown> = Array.isArray(tree)
    ? (Object.assign([], tree) as never)
    : { ...(tree as object) };
  copy[key] = replaced((tree as Record<string, Tree>)[key] ?? null, rest, value);
  return copy;
}

/** What somebody might write in the wrong place, functions among them. */
const STRAY = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    ...['Main', 'Plan', 'All', 'Orders', 'Key', 'Stage', 'TestOnly', 'AWS::NoValue', 'toString', '__proto__'].flatMap(
      (name): Tree[] => [{ Ref: name }, { 'Fn::GetAtt': [name, 'Arn'] }, { 'Fn::Sub': `\${${name}}` }, name],
    ),
    { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, 1] },
    { 'Fn::If': [] },
    { 'Fn::Join': null },
    { 'Fn::Select': [{}, []] },
    { 'Fn::Split': ['', 1] },
    { 'Fn::FindInMap': ['__proto__', 'toString', 'length'] },
    { 'Fn::Cidr': [1, -1, 1e9] },
    { 'Fn::ImportValue': {} },
    { Condition: 'IsProd' },
    { toString: 1 },
  ),
);

describe('hostile input', () => {
  test('JSON that is cut off is refused, with the place where it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: JSON_TEXT.trimEnd().length - 1 }), (length) => {
        const message = refusal(() => read({ 't.json': JSON_TEXT.slice(0, length) }));
        expect(message).toMatch(/^t\.json: line \d+, column \d+ is not JSON: /);
      }),
    );
  });

  test('YAML that is cut off is read or refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: YAML_TEXT.length }), (length) =>
        readsOrRefuses({ 't.yaml': YAML_TEXT.slice(0, length) }),
      ),
    );
  });

  test.each([
    ['t.json', JSON_TEXT],
    ['t.yaml', YAML_TEXT],
  ])('%s with characters exchanged is read or refused', (file, text) => {
    const character = fc.constantFrom(...'{}[]",:\'!&*|>-#%\n\t \\aZ0\u00e9\u{1f600}');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(text.length - 1), character), { minLength: 1, maxLength: 8 }), (edits) => {
        const characters = [...text];
        for (const [at, replacement] of edits) {
          characters[at] = replacement;
        }
        return readsOrRefuses({ [file]: characters.join('') });
      }),
    );
  });

  test('a template with anything anywhere is read or refused', () => {
    const places = placesOf(DOCUMENT);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...places), STRAY), { minLength: 1, maxLength: 3 }), (edits) => {
        const mutated = edits.reduce<unknown>((tree, [place, value]) => {
          const within = place.slice(0, -1).every((_, at) => isTree(at, place, tree));
          return within ? replaced(tree as Tree, place, value) : tree;
        }, DOCUMENT);
        return readsOrRefuses({ 't.json': mutated });
      }),
      { numRuns: 600 },
    );
  });

  test('any JSON at all is read or refused', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => readsOrRefuses({ 't.json': value })));
    fc.assert(fc.property(fc.string(), (text) => readsOrRefuses({ 't.yaml': text })));
  });
});

/** Whether the place still leads through objects once earlier edits are made. */
function isTree(at: number, place: readonly (string | number)[], tree: unknown): boolean {
  const inner = place.slice(0, at + 1).reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }, tree);
  return typeof inner === 'object' && inner !== null;
}

describe('large input', () => {
  test('a template of 50 MB is read', () => {
    const Resources: Record<string, unknown> = {};
    for (let at = 0; at < 52_000; at += 1) {
      const Description = 'x'.repeat(900);
      Resources[`Topic${at}`] = {
        Type: 'AWS::SSM::Parameter',
        Properties: { DisplayName: Description, After: { Ref: `Topic${at + 1}` } },
      };
    }
    Resources['V'] = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } };
    const text = JSON.stringify({ Resources });
    expect(text.length).toBeGreaterThan(50e6);
    const { estate, notRead } = read({ 't.json': text });
    expect(estate.vaults).toHaveLength(1);
    expect(notRead).toHaveLength(52_000);
  });

  test('fails on a file that no template can be, without opening it', () => {
    const files: FileSource = {
      kindOf: () => 'file',
      list: () => [],
      sizeBytes: () => 65 * 1024 * 1024,
      read: () => {
        throw new Error('it was opened');
      },
    };
    expect(refusal(() => readArtifacts(['big.json'], { env: ENV, parameters: {}, values: {} }, files))).toBe(
      'big.json: is 65 MiB; files of up to 64 MiB are read',
    );
  });

  test('fails on YAML that would take minutes', () => {
    expect(refusal(() => read({ 'big.yaml': `Resources:\n${'  # filler\n'.repeat(450_000)}` }))).toBe(
      'big.yaml: is 4.7 MiB of YAML; YAML of up to 4 MiB is read, JSON of up to 64 MiB',
    );
  });

  test('a chain of many resources and conditions is read or refused, never a crash', () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [`T${at}`, { Type: 'AWS::SSM::Parameter', DependsOn: `T${at + 1}` }]),
    );
    expect(read({ 't.json': { Resources } }).notRead).toHaveLength(20_000);
    const Conditions = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [
        `C${at}`,
        at === 4999 ? { 'Fn::Equals': [1, 1] } : { 'Fn::Not': [{ Condition: `C${at + 1}` }] },
      ]),
    );
    const V = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { 'Fn::If': ['C0', 'a', 'b'] } } };
    expect(
      refusal(() =>
        readArtifacts(
          ['t.json'],
          { env: ENV, parameters: {}, values: {} },
          filesOf({ 't.json': { Conditions, Resources: { V } } }),
        ),
      ),
    ).toBe('t.json: leads from value to value over more than 400 steps');
  });
});
