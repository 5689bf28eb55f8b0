import * as fs from 'node:fs';
import * as path from 'node:path';
import { functions, matches, ROOT, Source, sources, trackedFiles, WORKSPACES } from './support/sources';

/** Greatest lengths; what is listed in tidy-ratchet.json may be longer, and that list may only shrink. */
const FILE_LINES = 400;
const FUNCTION_LINES = 60;

const OURS = ['model/src', 'lib/src', 'provider/src', 'nag/src', 'engine/src'];
const ratchet = JSON.parse(fs.readFileSync(path.join(__dirname, 'tidy-ratchet.json'), 'utf8')) as {
  files: Record<string, number>;
  functions: Record<string, number>;
};

function isGenerated(source: Source): boolean {
  return /^\/\/ (~~ )?Generated/.test(source.text);
}

interface Ban {
  readonly in: string[];
  readonly except?: RegExp;
  readonly pattern: RegExp;
  readonly instead: string;
}

// prettier-ignore
const BANS: Ban[] = [
  { in: ['engine/src', 'model/src'], except: /^engine\/src\/host\//, pattern: /\bDate\.now\(/, instead: 'take the instant as a parameter; the World has the clock' },
  { in: ['engine/src', 'model/src'], except: /^engine\/src\/host\//, pattern: /new Date\(\)/, instead: 'take the instant as a parameter; the World has the clock' },
  { in: ['engine/src', 'model/src'], except: /^engine\/src\/host\//, pattern: /Math\.random\(/, instead: 'use kernel/prng.ts, which the seed decides' },
  { in: ['engine/src', 'model/src'], except: /^engine\/src\/host\//, pattern: /\bset(Timeout|Interval|Immediate)\(/, instead: 'put an entry on the agenda, or wait in host/' },
  { in: ['engine/src', 'model/src'], except: /^engine\/src\/host\//, pattern: /process\.env/, instead: 'read the environment in host/ and pass the value' },
  { in: ['engine/src'], except: /^engine\/src\/host\//, pattern: /from '(node:)?(fs|net|http|https|child_process|os|worker_threads)(\/promises)?'/, instead: 'do I/O in host/ and pass what it read' },
  { in: ['lib/src', 'provider/src', 'nag/src'], pattern: /new Error\(/, instead: 'throw ValidationError of private/refuse.ts, which names path, value and rule' },
  { in: ['lib/src', 'provider/src', 'nag/src'], pattern: /\binstanceof\b/, instead: 'ask the construct what it is (CfnResource.isCfnResource, cfnResourceType): two copies of a library have two classes' },
  { in: OURS, pattern: /\bas any\b/, instead: 'give the value a type, or narrow an unknown' },
  { in: OURS, pattern: /export default/, instead: 'export by name' },
  { in: OURS, pattern: /@ts-(ignore|nocheck|expect-error)/, instead: 'mend the type' },
];

test.each(BANS)('sources do not use $pattern: $instead', (ban) => {
  const found = sources(...ban.in)
    .filter((source) => !isGenerated(source) && !(ban.except?.test(source.file) ?? false))
    .flatMap((source) => matches(source, ban.pattern));
  expect(found).toEqual([]);
});

test('files have at most 400 lines: split by noun', () => {
  const long = [...sources(...OURS, 'test', 'tools', 'bench', 'examples', 'lambda')]
    .filter((source) => !isGenerated(source))
    .map((source) => ({ file: source.file, lines: source.text.split('\n').length - 1 }))
    .filter(({ file, lines }) => lines > (ratchet.files[file] ?? FILE_LINES));
  expect(long).toEqual([]);
});

test('functions have at most 60 lines: name the parts', () => {
  const long = sources(...OURS)
    .filter((source) => !isGenerated(source))
    .flatMap((source) => functions(source).map((span) => ({ at: `${source.file}#${span.name}`, lines: span.lines })))
    .filter(({ at, lines }) => lines > (ratchet.functions[at] ?? FUNCTION_LINES));
  expect(long).toEqual([]);
});

test('the ratchet of lengths names only what is still that long', () => {
  const files = new Map(sources(...OURS, 'test', 'tools').map((s) => [s.file, s.text.split('\n').length - 1]));
  const spans = new Map(
    sources(...OURS).flatMap((s) =>
      functions(s).map((span): [string, number] => [`${s.file}#${span.name}`, span.lines]),
    ),
  );
  const slack = [
    ...Object.entries(ratchet.files).filter(([file, allowed]) => files.get(file) !== allowed),
    ...Object.entries(ratchet.functions).filter(([at, allowed]) => spans.get(at) !== allowed),
  ];
  expect(slack).toEqual([]);
});

test('every construct of lib has its twin in provider, unless a decision says why not', () => {
  const decisions = trackedFiles('docs/decisions')
    .map((file) => fs.readFileSync(path.join(ROOT, file), 'utf8'))
    .join('\n');
  const names = (folder: string) =>
    new Set(sources(folder).flatMap((s) => (s.file.includes('/private/') ? [] : s.file.slice(folder.length + 1))));
  const [lib, provider] = [names('lib/src'), names('provider/src')];
  const alone = [
    ...[...lib].filter((name) => !provider.has(name)).map((name) => `lib/src/${name}`),
    ...[...provider].filter((name) => !lib.has(name)).map((name) => `provider/src/${name}`),
  ];
  expect(alone.filter((file) => !decisions.includes(`\`${file}\``))).toEqual([]);
  const named = [...decisions.matchAll(/`((?:lib|provider)\/src\/[a-z0-9-]+\.ts)`/g)].map(
    (match) => match[1] as string,
  );
  expect(named.filter((file) => !alone.includes(file))).toEqual([]);
});

/** Words that C#, Java, Python or Go reserve and that a generated binding would have to bend. */
// prettier-ignore
const RESERVED = new Set(['lock', 'event', 'object', 'string', 'base', 'params', 'operator', 'ref', 'out', 'in', 'is', 'checked', 'fixed', 'internal', 'namespace', 'abstract', 'assert', 'final', 'native', 'package', 'synchronized', 'transient', 'volatile', 'def', 'del', 'elif', 'except', 'from', 'global', 'lambda', 'nonlocal', 'not', 'or', 'and', 'pass', 'raise', 'with', 'yield', 'chan', 'defer', 'func', 'go', 'map', 'range', 'select', 'struct', 'type', 'var', 'import', 'async', 'await']);

test('public names of the jsii packages are words in every language', () => {
  const bent = sources('model/src', 'lib/src', 'provider/src', 'nag/src')
    .filter((source) => !source.file.includes('/private/') && !isGenerated(source))
    .flatMap((source) =>
      [...source.text.matchAll(/^ {2}(?:public |static |readonly |abstract )+([a-zA-Z]+)\??[(:]/gm)]
        .filter((m) => RESERVED.has(m[1] as string))
        .map((m) => `${source.file}: ${m[1]}`),
    );
  expect(bent).toEqual([]);
});

test('every rule of the catalog is a row of a test', async () => {
  const { RuleCatalog } = await import('@holdfast/model');
  const ofArtifacts = ['role-findings', 'left-out'].map((name) => `test/engine/cli/${name}.test.ts`);
  const tests = sources('test/model', 'test/lib', 'test/provider', ...ofArtifacts)
    .map((s) => s.text)
    .join('\n');
  const missing = RuleCatalog.all().filter((rule) => !tests.includes(rule.rule));
  expect(missing.map((rule) => rule.rule)).toEqual([]);
});

test('the packages have one version', () => {
  const versions = WORKSPACES.map(
    (folder) =>
      (JSON.parse(fs.readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8')) as { version: string }).version,
  );
  expect(new Set(versions).size).toBe(1);
});

test('every operation has a test that calls it, by its file or by its command of the SDK', () => {
  const tests = sources('test')
    .map((s) => s.text + s.file)
    .join('\n');
  const lower = tests.toLowerCase();
  const missing = trackedFiles('engine/src/operations')
    .filter((file) => /operations\/[a-z-]+\/[a-z-]+\.ts$/.test(file))
    .map((file) => path.basename(file, '.ts'))
    .filter((name) => !tests.includes(name) && !lower.includes(`${name.replaceAll('-', '')}command`))
    // A service without a client is called by boto3.
    .filter((name) => !tests.includes(`.${name.replaceAll('-', '_')}(`));
  expect(missing).toEqual([]);
});

test('no path of one machine and no host of a registry is in the repository', () => {
  const suspicious = /\/root\/|\/home\/[a-z]|\/Users\/|registry\.npmjs\.org|\/tmp\/hf/;
  const found = trackedFiles('.')
    .filter((file) => /\.(ts|js|json|md|yaml|yml|txt|sh|mjs|tf)$|\.ci\/run$/.test(file) && file !== 'test/tidy.test.ts')
    .filter((file) => suspicious.test(fs.readFileSync(path.join(ROOT, file), 'utf8')));
  expect(found).toEqual([]);
});

test('every behaviour of a domain spec names its Source or says Assumed', () => {
  const rows = trackedFiles('engine/src/domain')
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      fs
        .readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, at: `${file}:${index + 1}` })),
    )
    .filter(({ line }) => line.startsWith('|') && !/^\|[\s:|-]+\|?$/.test(line));
  const bare = rows.filter(({ line }) => !/Source|Assumed|\bB\d+(\.\d+)?\/\d+|decision/i.test(line));
  expect(bare.map((row) => row.at)).toEqual([]);
});
