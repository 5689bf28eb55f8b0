import { ComplianceStandard } from '@holdfast/model';
import type { CheckAnswer } from '../../../engine/src/cli/check';
import type { Simulation } from '../../../engine/src/report/simulation';
import { sarifFaults } from '../../support/sarif';
import { answerOf, cli, TEMPLATE } from './run-cli';

const FILES = { 'stack.yaml': TEMPLATE };
const IDS = ComplianceStandard.all().map(({ id }) => id);

function run(argv: string, files: Record<string, string> = FILES) {
  return cli(argv.split(' '), files);
}

test('check says of each clause what is declared, and findings that name it give exit 1', async () => {
  const result = await run('check stack.yaml --standard hipaa --format json');
  const { compliance = [], findings } = answerOf<CheckAnswer>(result);
  expect(result.code).toBe(1);
  expect(compliance.map(({ id, title }) => [id, title])).toEqual([['hipaa', 'HIPAA Security Rule']]);
  const [{ requirements, outside }] = compliance as [(typeof compliance)[number]];
  expect(requirements).toHaveLength(ComplianceStandard.HIPAA.requirements.length);
  expect(requirements.map(({ aspect, held }) => [aspect, held]).slice(0, 6)).toEqual([
    ['max-hours-between-backups', true],
    ['min-retention-days', true],
    ['long-retention-days', false],
    ['continuous-backup', false],
    ['cross-region-copy', false],
    ['cross-account-copy', false],
  ]);
  expect(requirements[2]?.declared).toContain('35 days');
  expect(outside.map(({ clause }) => clause)).toContain('45 CFR 164.308(a)(7)(ii)(C)');
  const rules = findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('compliance-'));
  expect(new Set(rules)).toContain('compliance-long-retention');
});

test('check without a standard says nothing of any', async () => {
  const answer = answerOf<CheckAnswer>(await run('check stack.yaml --format json'));
  expect(answer.compliance).toBeUndefined();
  expect(answer.findings.filter(({ rule }) => rule.startsWith('compliance-'))).toEqual([]);
});

test('several standards, each once, in the order in which they are named', async () => {
  const result = await run('check stack.yaml --standard soc2,hipaa --standard soc2 --format json');
  expect(answerOf<CheckAnswer>(result).compliance?.map(({ id }) => id)).toEqual(['soc2', 'hipaa']);
});

test('standards that exclude each other are a finding', async () => {
  const result = await run('check stack.yaml --standard gdpr,finra-sec17a4 --format json');
  const rules = answerOf<CheckAnswer>(result).findings.map(({ rule }) => rule);
  expect(rules).toContain('compliance-conflict');
});

test('what a waivers file accepts of a standard is told, and fails nothing', async () => {
  const waivers = JSON.stringify([{ rule: 'compliance-*', path: '*', reason: 'no' }]);
  const known = [...new Set(ComplianceStandard.SOC2.requirements.map(({ aspect }) => aspect))];
  expect(known.length).toBeGreaterThan(3);
  const all = answerOf<CheckAnswer>(await run('check stack.yaml --standard soc2 --format json')).findings;
  const accepted = all
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, path }) => ({ rule, path, reason: 'as agreed' }));
  const files = { ...FILES, 'w.json': JSON.stringify(accepted), 'other.json': waivers };
  const result = await run('check stack.yaml --standard soc2 --waivers w.json', files);
  expect(result.code).toBe(0);
  expect(result.stdout).toContain('waived: as agreed');
  expect((await run('check stack.yaml --standard soc2 --waivers other.json', files)).code).toBe(1);
});

test.each(['sarif', 'junit'])('findings of a standard are in the %s output', async (format) => {
  const result = await run(`check stack.yaml --standard hipaa --format ${format}`);
  expect(result.code).toBe(1);
  expect(result.stdout).toContain('compliance-long-retention');
  expect(result.stdout).toContain('45 CFR 164.308(a)(7)(ii)(A)');
  if (format === 'sarif') {
    expect(sarifFaults(JSON.parse(result.stdout))).toEqual([]);
  }
});

test('simulate shows beside what is declared what the run shows, and exits 1 where it falls short', async () => {
  const result = await run('simulate stack.yaml --days 40 --standard hipaa --format json');
  const { evidence = [] } = answerOf<Simulation>(result);
  expect(result.code).toBe(1);
  const [{ requirements }] = evidence as [(typeof evidence)[number]];
  const verdicts = Object.fromEntries(requirements.map(({ aspect, held, shown }) => [aspect, [held, shown.verdict]]));
  expect(verdicts).toEqual({
    // Of the two resources, no plan protects the bucket.
    'max-hours-between-backups': [true, 'no'],
    'min-retention-days': [true, 'yes'],
    'long-retention-days': [false, 'no'],
    // A table has none through AWS Backup, and the bucket is not protected.
    'continuous-backup': [false, 'not shown'],
    'cross-region-copy': [false, 'no'],
    'cross-account-copy': [false, 'no'],
    'customer-managed-key': [false, 'no'],
    'governance-lock': [false, 'no'],
    'lock-min-retention-days': [false, 'no'],
    'max-days-between-restore-tests': [false, 'not shown'],
    'audit-controls': [false, 'no'],
    'evidence-retention-days': [false, 'no'],
  });
});

test('what falls short in a run alone gives exit 1, unless it is waived', async () => {
  const bare = { rule: 'compliance-frequency', path: 'arn:aws:s3:::logs-of-orders', reason: 'rebuilt from elsewhere' };
  const found = answerOf<Simulation>(await run('simulate stack.yaml --days 10 --standard soc2 --format json'));
  const declared = found.findings.map(({ rule, path }) => ({ rule, path, reason: 'as agreed' }));
  const seen = (found.evidence ?? [])
    .flatMap(({ requirements }) => requirements.flatMap(({ shown }) => shown.findings))
    .map(({ rule, path }) => ({ rule, path, reason: 'as agreed' }))
    .filter(({ rule }) => rule !== bare.rule);
  const files = {
    ...FILES,
    'some.json': JSON.stringify([...declared, ...seen]),
    'all.json': JSON.stringify([...declared, ...seen, bare]),
  };
  const argv = 'simulate stack.yaml --days 10 --standard soc2 --waivers';
  const [some, all] = [await run(`${argv} some.json`, files), await run(`${argv} all.json`, files)];
  expect([some.code, all.code]).toEqual([1, 0]);
  expect(all.stdout).toContain('(waived: rebuilt from elsewhere)');
});

test('the text says of each clause what is declared and shown, what falls short, and what no run can show', async () => {
  const { stdout } = await run('simulate stack.yaml --days 40 --standard hipaa');
  expect(stdout).toContain('evidence for HIPAA Security Rule (hipaa): aligned with it, never certified by it');
  expect(stdout).toMatch(
    /45 CFR 164\.308\(a\)\(7\)\(ii\)\(A\) +max-hours-between-backups 24 +yes +no +1 of 2 resources backed up/,
  );
  expect(stdout).toMatch(
    /max-hours-between-backups falls short:\n +arn:aws:s3:::logs-of-orders must be at most 24 hours between two backups under hipaa/,
  );
  expect(stdout).toMatch(
    /not shown by a simulation:\n +45 CFR 164\.308\(a\)\(7\)\(ii\)\(C\): procedures for operation/,
  );
  const checked = await run('check stack.yaml --standard hipaa');
  expect(checked.stdout).toMatch(/45 CFR 164\.308\(a\)\(7\)\(ii\)\(A\) +long-retention-days 365 +no/);
  expect(checked.stdout).toContain('not shown by declarations:');
});

test.each(['hippa', 'hipaa,', 'HIPAA', 'hipaa soc2'])(
  'fails where %s is no standard, and lists those that are',
  async (given) => {
    for (const argv of [
      ['check', 'stack.yaml'],
      ['simulate', 'stack.yaml', '--days', '3'],
    ]) {
      const result = await cli([...argv, '--standard', given], FILES);
      expect([result.code, result.stdout]).toEqual([2, '']);
      expect(result.stderr).toContain(`--standard must be one or more of ${IDS.join(', ')} with commas, got '`);
    }
  },
);
