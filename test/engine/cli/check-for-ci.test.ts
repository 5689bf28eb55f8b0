/** `check` as continuous integration uses it: SARIF, JUnit, a baseline, waivers. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Baseline } from '../../../engine/src/cli/baseline';
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { sarifFaults } from '../../support/sarif';
import { ROOT } from '../../support/sources';
import { answerOf, cli, schemaOf, TEMPLATE } from './run-cli';

/** Two mistakes that are errors, and a plan of which one rule warns. */
const FAULTY = TEMPLATE.replace('StartWindowMinutes: 60', 'StartWindowMinutes: 30').replace(
  'Lifecycle: { DeleteAfterDays: 90 }',
  'Lifecycle: { DeleteAfterDays: 5 }',
);
const FILES = { 'stack.yaml': TEMPLATE, 'faulty.yaml': FAULTY };
const WAIVERS = `- { rule: rule-start-window, path: '*', reason: the <vendor> & "we" agreed, expires: 2026-12-31 }`;

async function answer(argv: string, files: Record<string, string> = FILES): Promise<CheckAnswer & { code: number }> {
  const result = await cli(['check', ...argv.split(' '), '--format', 'json'], files);
  return { ...answerOf<CheckAnswer>(result), code: result.code };
}

async function baselineFile(argv: string, files: Record<string, string> = FILES): Promise<string> {
  const { code, stdout } = await cli(['check', ...argv.split(' '), '--format', 'baseline'], files);
  expect(code).toBe(0);
  const validate = schemaOf('holdfast.baseline/1');
  validate(JSON.parse(stdout));
  expect(validate.errors ?? []).toEqual([]);
  return stdout;
}

describe('ids', () => {
  test('stay when the value that is found changes, and differ by rule and place', async () => {
    const ids = async (text: string) => (await answer('f.yaml', { 'f.yaml': text })).findings.map(({ id }) => id);
    const before = await ids(FAULTY);
    expect(new Set(before).size).toBe(before.length);
    expect(before.length).toBeGreaterThan(1);
    expect(await ids(FAULTY.replace('StartWindowMinutes: 30', 'StartWindowMinutes: 20'))).toEqual(before);
    expect((await answer('g.yaml', { 'g.yaml': FAULTY })).findings.map(({ id }) => id)).not.toEqual(before);
  });
});

describe('a baseline', () => {
  test('lets an estate pass that has the mistakes that it had, and tells how many it knows', async () => {
    const files = { ...FILES, 'base.json': await baselineFile('faulty.yaml') };
    const { code, findings, baseline } = await answer('faulty.yaml --baseline base.json --fail-on note', files);
    expect(code).toBe(0);
    expect(findings.every(({ known }) => known === true)).toBe(true);
    expect(baseline).toEqual({ file: 'base.json', known: findings.length, gone: [] });
    const text = await cli(['check', 'faulty.yaml', '--baseline', 'base.json'], files);
    expect(text.stdout).toContain(`baseline: ${findings.length} findings known by base.json\n`);
    expect(text.stdout).not.toContain('rule-start-window');
    expect(text.stdout).toMatch(/0 errors, 0 warnings, 0 notes\n$/);
  });

  test('fails on a mistake that it does not know, and names what is gone', async () => {
    const files = { ...FILES, 'base.json': await baselineFile('faulty.yaml') };
    const worse = FAULTY.replace('StartWindowMinutes: 30', 'StartWindowMinutes: 60').replace(
      'cron(0 5 * * ? *)',
      'cron(0 5 * * * *)',
    );
    const { code, findings, baseline } = await answer('faulty.yaml --baseline base.json', {
      ...files,
      'faulty.yaml': worse,
    });
    expect(code).toBe(1);
    const fresh = findings.filter(({ known, severity }) => known === undefined && severity === 'error');
    expect(fresh.map(({ rule }) => rule)).toEqual(['schedule-day-fields']);
    expect(baseline?.gone.map(({ rule }) => rule)).toContain('rule-start-window');
  });

  test('keeps nothing that is waived, so that the waiver goes on counting', async () => {
    const files = { ...FILES, 'w.yaml': WAIVERS };
    const kept = JSON.parse(await baselineFile('faulty.yaml --waivers w.yaml', files)) as Baseline;
    expect(kept.findings.length).toBeGreaterThan(0);
    expect(kept.findings.map(({ rule }) => rule)).not.toContain('rule-start-window');
  });

  test.each([
    ['none.json', 'none.json: does not exist; --format baseline prints one'],
    ['list.json', 'list.json: schema must be holdfast.baseline/1, as --format baseline prints it, got nothing'],
    ['later.json', 'schema must be holdfast.baseline/1, as --format baseline prints it, got "holdfast.baseline/2"'],
    ['bare.json', 'findings must be a list, as --format baseline prints it, got nothing'],
    ['odd.json', 'findings[0] must have id, rule and path, each a text'],
  ])('fails with %s', async (file, line) => {
    const odd = JSON.stringify({ schema: 'holdfast.baseline/1', findings: [{ id: 3 }] });
    const [later, bare] = [{ schema: 'holdfast.baseline/2', findings: [] }, { schema: 'holdfast.baseline/1' }];
    const others = { 'later.json': JSON.stringify(later), 'bare.json': JSON.stringify(bare) };
    const files = { ...FILES, 'list.json': '[]', 'odd.json': odd, ...others };
    const result = await cli(['check', 'stack.yaml', '--baseline', file], files);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain(line);
  });
});

describe('SARIF', () => {
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly baselineState?: string;
    readonly suppressions?: readonly { readonly justification: string }[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly locations: readonly {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
        readonly region: { readonly startLine: number };
      };
    }[];
  }
  interface Log {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    }[];
  }

  async function log(argv: string, files: Record<string, string> = FILES): Promise<[Log['runs'][number], number]> {
    const { stdout, stderr, code } = await cli(['check', ...argv.split(' '), '--format', 'sarif'], files);
    expect([code, stderr]).not.toEqual([2, stderr]);
    const parsed = JSON.parse(stdout) as Log;
    expect(sarifFaults(parsed)).toEqual([]);
    expect(parsed.runs).toHaveLength(1);
    return [parsed.runs[0]!, code];
  }

  test('has each finding once, with its rule, level, file and id, and the exit code of the check', async () => {
    const [{ results, tool }, code] = await log('faulty.yaml');
    const { findings } = await answer('faulty.yaml');
    expect(code).toBe(1);
    const facts = results.map(({ ruleId, level, partialFingerprints }) => [
      ruleId,
      level,
      partialFingerprints['holdfastFinding/v1'],
    ]);
    expect(facts).toEqual(findings.map(({ rule, severity, id }) => [rule, severity, id]));
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(findings.map(({ rule }) => rule));
    const uris = results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
    expect(new Set(uris)).toEqual(new Set(['faulty.yaml']));
  });

  test('tells new from known, and what was waived with the reason', async () => {
    const files = { ...FILES, 'w.yaml': WAIVERS, 'base.json': await baselineFile('faulty.yaml') };
    const [{ results }, code] = await log('faulty.yaml --waivers w.yaml --baseline base.json', files);
    expect(code).toBe(0);
    expect(new Set(results.map(({ baselineState }) => baselineState))).toEqual(new Set(['unchanged']));
    const waived = results.filter(({ suppressions }) => suppressions !== undefined);
    expect(waived.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.justification])).toEqual([
      ['rule-start-window', 'the <vendor> & "we" agreed'],
    ]);
  });

  test('names files by references without characters that delimit', async () => {
    const [{ results }] = await log('stacks/a#1%.yaml', { 'stacks/a#1%.yaml': FAULTY });
    const uris = results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
    expect(new Set(uris)).toEqual(new Set(['stacks/a%231%25.yaml']));
  });

  const locationsOf = (results: readonly Result[]) =>
    new Set(results.map(({ locations }) => JSON.stringify(locations[0]?.physicalLocation.artifactLocation)));

  test.each([
    ['a/faulty.yaml', { uri: 'a/faulty.yaml', uriBaseId: '%SRCROOT%' }],
    ['./a/../faulty.yaml', { uri: 'faulty.yaml', uriBaseId: '%SRCROOT%' }],
    [path.join(ROOT, 'a', 'faulty.yaml'), { uri: 'a/faulty.yaml', uriBaseId: '%SRCROOT%' }],
    ['/elsewhere/a b.yaml', { uri: 'file:///elsewhere/a%20b.yaml' }],
  ])('names %s as code scanning finds it', async (file, location) => {
    const { stdout } = await cli(['check', file, '--format', 'sarif'], { [file]: FAULTY });
    const parsed = JSON.parse(stdout) as Log;
    expect(sarifFaults(parsed)).toEqual([]);
    expect(locationsOf(parsed.runs[0]!.results)).toEqual(new Set([JSON.stringify(location)]));
  });

  const lineOf = (text: string, what: string) => text.split('\n').findIndex((line) => line.includes(what)) + 1;
  const linesOf = async (file: string, text: string, rule: string) => {
    const [{ results }] = await log(file, { [file]: text });
    const found = results.filter(({ ruleId }) => ruleId === rule);
    return found.map(({ locations }) => locations[0]?.physicalLocation.region.startLine);
  };

  test('names the line on which a resource is declared, in YAML and JSON, of templates, Terraform and blueprints', async () => {
    expect(await linesOf('f.yaml', FAULTY, 'rule-start-window')).toEqual([lineOf(FAULTY, '  Plan:')]);
    const Properties = { BackupVaultName: 'main', LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 2 } };
    const Locked = { Type: 'AWS::Backup::BackupVault', Properties };
    const template = JSON.stringify({ Resources: { Other: Locked, Locked } }, null, 1);
    expect(await linesOf('f.json', template, 'vault-lock-grace-time')).toEqual([
      lineOf(template, '"Other"'),
      lineOf(template, '"Locked"'),
    ]);
    const lock = { backup_vault_name: 'main', min_retention_days: 7, changeable_for_days: 2 };
    const resource = { aws_backup_vault: { v: { name: 'main' } }, aws_backup_vault_lock_configuration: { l: lock } };
    const terraform = JSON.stringify({ resource }, null, 1);
    const [line = 0] = await linesOf('cdk.tf.json', terraform, 'vault-lock-grace-time');
    expect([lineOf(terraform, '"v"'), lineOf(terraform, '"l"')]).toContain(line);
    const blueprint =
      'schema: holdfast.blueprint/1\nvaults:\n  - backupVaultName: a\n  - backupVaultName: b\n    vaultLock: { minRetentionDays: 7, changeableForDays: 2 }\n';
    expect(await linesOf('blueprint.yaml', blueprint, 'vault-lock-grace-time')).toEqual([4]);
  });

  test('of an estate without findings is a run without results', async () => {
    const [{ results }, code] = await log('empty.yaml', {
      'empty.yaml': 'Resources: { Topic: { Type: AWS::SNS::Topic } }',
    });
    expect([results, code]).toEqual([[], 0]);
  });
});

describe('JUnit', () => {
  async function xml(argv: string, files: Record<string, string> = FILES): Promise<[string, number]> {
    const { stdout, code } = await cli(['check', ...argv.split(' '), '--format', 'junit'], files);
    return [stdout, code];
  }
  const count = (text: string, what: RegExp) => text.match(new RegExp(what, 'g'))?.length ?? 0;

  test('fails the findings that fail the check, skips the waived, and passes the rest', async () => {
    const files = { ...FILES, 'w.yaml': WAIVERS };
    const { findings } = await answer('faulty.yaml --waivers w.yaml', files);
    const failing = findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined).length;
    const [text, code] = await xml('faulty.yaml --waivers w.yaml', files);
    expect([code, failing > 0]).toEqual([1, true]);
    expect(text).toContain(
      `<testsuite name="holdfast check" tests="${findings.length}" failures="${failing}" skipped="1" errors="0">`,
    );
    expect([count(text, /<testcase /), count(text, /<failure /), count(text, /<skipped /)]).toEqual([
      findings.length,
      failing,
      1,
    ]);
    expect(text).toContain('<skipped message="the &lt;vendor&gt; &amp; &quot;we&quot; agreed"/>');
  });

  test('fails more with --fail-on note, and nothing that a baseline knows', async () => {
    const files = { ...FILES, 'base.json': await baselineFile('faulty.yaml') };
    const { findings } = await answer('faulty.yaml');
    const [strict] = await xml('faulty.yaml --fail-on note');
    expect(count(strict, /<failure /)).toBe(findings.length);
    const [known, code] = await xml('faulty.yaml --fail-on note --baseline base.json', files);
    expect([count(known, /<failure /), count(known, /<skipped /), code]).toEqual([0, findings.length, 0]);
  });

  test('of an estate without findings is one test case that passed', async () => {
    const files = { 'empty.yaml': 'Resources: { Topic: { Type: AWS::SNS::Topic } }' };
    const [text, code] = await xml('empty.yaml', files);
    expect(code).toBe(0);
    expect(text).toContain('tests="1" failures="0"');
    expect(text).toContain('<testcase classname="holdfast" name="every rule over empty.yaml"/>');
  });
});

describe('docs/ci.md', () => {
  const page = fs.readFileSync(path.join(ROOT, 'docs/ci.md'), 'utf8');
  const commands = [...new Set(page.match(/npx holdfast check [^>#'\n`]*[^>#'\n` ]/g))];

  test('has commands of every format', () => {
    expect(commands.length).toBeGreaterThan(5);
    for (const format of ['baseline', 'sarif', 'junit']) {
      expect(commands.some((command) => command.includes(`--format ${format}`))).toBe(true);
    }
  });

  test.each(commands)('%s runs', async (command) => {
    const [, waivers = ''] = /```yaml\n(# waivers.yaml\n[^]*?)```/.exec(page) ?? [];
    expect(waivers).toContain('rule: ');
    const artifacts = { 'cdk.out': TEMPLATE, 'cdktf.out': TEMPLATE, 'backup.yaml': TEMPLATE };
    const base = { 'holdfast-baseline.json': await baselineFile('cdk.out', artifacts), 'waivers.yaml': waivers };
    const { code, stderr } = await cli(command.split(' ').slice(2), { ...artifacts, ...base });
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('waivers', () => {
  test.each([
    ['2026-11-23', 1],
    ['2026-11-22', 0],
  ])('hold to the end of the day %s', async (expires, waived) => {
    const files = { ...FILES, 'w.yaml': `- { rule: rule-start-window, path: '*', reason: r, expires: ${expires} }` };
    const { findings } = await answer('faulty.yaml --waivers w.yaml', files);
    expect(findings.filter((finding) => finding.waived === 'r')).toHaveLength(waived);
  });

  test.each([
    ['2026-11-23', ''],
    [
      '2026-11-22',
      'note: w.yaml: waivers[1] of rule-start-window expired on 2026-11-22; what it covers counts again\n',
    ],
  ])('that have expired are told, others are not: %s', async (expires, told) => {
    const first = "- { rule: a, path: '*', reason: r }\n";
    const files = {
      ...FILES,
      'w.yaml': `${first}- { rule: rule-start-window, path: '*', reason: r, expires: ${expires} }`,
    };
    const { stderr } = await cli('check stack.yaml --waivers w.yaml'.split(' '), files);
    expect(stderr).toBe(told);
  });
});
