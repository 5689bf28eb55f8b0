import type { CheckAnswer } from '../../../engine/src/cli/check';
import { answerOf, cli, TEMPLATE } from './run-cli';

/** The same estate with three mistakes: one that AWS refuses, two that deploy. */
const FAULTY = TEMPLATE.replace('StartWindowMinutes: 60', 'StartWindowMinutes: 30').replace(
  'Lifecycle: { DeleteAfterDays: 90 }',
  'Lifecycle: { DeleteAfterDays: 5 }',
);
const FILES = { 'stack.yaml': TEMPLATE, 'faulty.yaml': FAULTY };
const ORDERS = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';

async function check(argv: string, files: Record<string, string> = FILES) {
  const result = await cli(['check', ...argv.split(' '), '--format', 'json'], files);
  return { result, answer: answerOf<CheckAnswer>(result) };
}

test('an estate that AWS takes has no errors and ends with 0', async () => {
  const { result, answer } = await check('stack.yaml');
  expect(answer.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  expect([result.code, result.stderr]).toEqual([0, '']);
});

test('coverage names the plans of a resource, or why it has none', async () => {
  const { answer } = await check('stack.yaml');
  expect(answer.coverage).toEqual([
    { resource: ORDERS, type: 'DynamoDB', plans: ['tables'] },
    {
      resource: 'arn:aws:s3:::logs-of-orders',
      type: 'S3',
      plans: [],
      reason: expect.stringContaining('no selection') as string,
    },
  ]);
});

test('what is not modelled is listed with its type', async () => {
  const { answer } = await check('stack.yaml');
  expect(answer.notRead).toContainEqual({
    path: expect.stringContaining('Setting') as string,
    type: 'AWS::SSM::Parameter',
    reason: expect.any(String) as string,
  });
});

test('tags that only AWS gives are refused, in a template and in Terraform', async () => {
  const tags = "Properties: { BackupVaultName: main, BackupVaultTags: { 'aws:team': a } }";
  const terraform = JSON.stringify({ resource: { aws_backup_vault: { v: { name: 'v', tags: { 'aws:team': 'a' } } } } });
  const files = {
    'stack.yaml': TEMPLATE.replace('Properties: { BackupVaultName: main }', tags),
    'cdk.tf.json': terraform,
  };
  const { result, answer } = await check('stack.yaml cdk.tf.json', files);
  const found = answer.findings.filter(({ rule }) => rule === 'tag-key-reserved');
  expect(found.map(({ path, effect }) => [path, effect]).sort()).toEqual([
    ['cdk.tf.json: aws_backup_vault.v.tags', 'refused-by-aws'],
    ['stack.yaml: Vault.tags', 'refused-by-aws'],
  ]);
  expect(result.code).toBe(1);
  const run = await cli(['simulate', 'stack.yaml', '--days', '1'], files);
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('CreateBackupVault')]);
});

test('findings name rule, effect, path and source, and end with 1', async () => {
  const { result, answer } = await check('faulty.yaml');
  const errors = answer.findings.filter((finding) => finding.severity === 'error');
  const window = errors.find((finding) => finding.path.endsWith('rules[0].startWindowMinutes'));
  expect(window).toMatchObject({ effect: 'refused-by-aws', path: expect.stringContaining('faulty.yaml') as string });
  expect(window?.message).toContain('30');
  const copy = errors.find((finding) => finding.path.includes('copyActions[0]'));
  expect(copy).toMatchObject({ effect: 'fails-at-run' });
  expect(result.code).toBe(1);
});

test.each([
  ['error', 0],
  ['warning', 0],
  ['note', 0],
])('an estate without findings ends with 0 at --fail-on %s', async (level, code) => {
  const bare = 'Resources:\n  V:\n    Type: AWS::Backup::BackupVault\n    Properties: { BackupVaultName: main }\n';
  const { result, answer } = await check(`bare.yaml --fail-on ${level}`, { 'bare.yaml': bare });
  expect(answer.findings).toEqual([]);
  expect(result.code).toBe(code);
});

test('--fail-on sets which findings give exit 1', async () => {
  const { answer } = await check('stack.yaml --fail-on note');
  const severities = ['error', 'warning', 'note'];
  for (const level of severities) {
    const counted = severities.slice(0, severities.indexOf(level) + 1);
    const expected = answer.findings.some((finding) => counted.includes(finding.severity)) ? 1 : 0;
    expect((await check(`stack.yaml --fail-on ${level}`)).result.code).toBe(expected);
  }
  expect((await check('faulty.yaml --fail-on note')).result.code).toBe(1);
});

describe('waivers', () => {
  async function waived(expires: string) {
    const { answer } = await check('faulty.yaml');
    const waivers = answer.findings.map(({ rule, path }) => ({ rule, path, reason: 'known', expires }));
    const files = { ...FILES, 'waivers.json': JSON.stringify({ waivers }) };
    return check('faulty.yaml --waivers waivers.json --fail-on note', files);
  }

  test('findings that are waived stay listed with the reason and do not fail', async () => {
    const { result, answer } = await waived('2026-11-23');
    expect(answer.findings.length).toBeGreaterThan(0);
    expect(answer.findings.every((finding) => finding.waived === 'known')).toBe(true);
    expect(result.code).toBe(0);
  });

  test('a waiver that has expired covers nothing', async () => {
    const { result, answer } = await waived('2026-11-22');
    expect(answer.findings.some((finding) => finding.waived !== undefined)).toBe(false);
    expect(result.code).toBe(1);
  });

  test('that a construct wrote into the template cover its findings', async () => {
    const waiver = "{ rule: vault-lock-governance, path: '*', reason: asked for }";
    const metadata = `    Metadata: { Holdfast: { waivers: [${waiver}] } }\n`;
    const files = { 'stack.yaml': TEMPLATE.replace('  Far:\n', `  Far:\n${metadata}`) };
    const { answer } = await check('stack.yaml', files);
    expect(answer.findings.map((finding) => [finding.rule, finding.waived])).toEqual([
      ['vault-lock-governance', 'asked for'],
    ]);
  });

  test('are read as a YAML list too, with stars in the path', async () => {
    const { answer } = await check('faulty.yaml');
    const [finding] = answer.findings as [CheckAnswer['findings'][0]];
    const files = { ...FILES, 'w.yaml': `- rule: ${finding.rule}\n  path: '*'\n  reason: all of it\n` };
    const after = (await check('faulty.yaml --waivers w.yaml', files)).answer;
    for (const { rule, waived: reason } of after.findings) {
      expect(reason).toBe(rule === finding.rule ? 'all of it' : undefined);
    }
  });
});

describe('what an artifact leaves open', () => {
  const arnOf = (answer: CheckAnswer): string | undefined =>
    answer.coverage.find((row) => row.type === 'DynamoDB')?.resource;

  // prettier-ignore
  const FLAGS: [flags: string, arn: string][] = [
    ['',                                              ORDERS],
    ['--account 210987654321',                        'arn:aws:dynamodb:us-east-1:210987654321:table/orders'],
    ['--region eu-central-1',                         'arn:aws:dynamodb:eu-central-1:123456789012:table/orders'],
    ['--region cn-north-1',                           'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/orders'],
    ['--region us-gov-west-1',                        'arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/orders'],
    ['--region us-east-1 --partition aws-iso',        'arn:aws-iso:dynamodb:us-east-1:123456789012:table/orders'],
  ];

  test.each(FLAGS)('is filled by %s', async (flags, arn) => {
    const { answer } = await check(`stack.yaml ${flags}`.trim());
    expect(arnOf(answer)).toBe(arn);
  });

  test('a parameter is given by --parameter', async () => {
    const { answer } = await check('stack.yaml --parameter Days=0');
    const found = answer.findings.find((finding) => finding.path.endsWith('rules[0].lifecycle.deleteAfterDays'));
    expect(found).toMatchObject({ severity: 'error' });
    expect(found?.message).toContain('got 0');
  });

  test('a value of deploy time is given by --value with the path that the refusal names', async () => {
    const files = {
      's.yaml': TEMPLATE.replace('BackupVaultName: main', 'BackupVaultName: !ImportValue Vault-Of-Others'),
    };
    const refusal = await cli(['check', 's.yaml'], files);
    expect(refusal.code).toBe(2);
    const [, path] = /--value ([^=]+)=/.exec(refusal.stderr) ?? [];
    const result = await cli(['check', 's.yaml', '--value', `${path}="main"`, '--format', 'json'], files);
    expect(result.stderr).toBe('');
    expect(answerOf<CheckAnswer>(result).coverage[0]?.plans).toEqual(['tables']);
  });
});

describe('an inventory', () => {
  const inventory = `
- { type: DynamoDB, name: customers, sizeGiB: 5, dailyChangePercent: 1, tags: { backup: daily } }
- { arn: '${ORDERS}', sizeGiB: 40, dailyChangePercent: 3, tags: { team: shop } }
`;

  test('joins resources that no artifact declares; the same ARN in both is one resource', async () => {
    const { answer } = await check('stack.yaml --inventory i.yaml', { ...FILES, 'i.yaml': inventory });
    expect(answer.coverage.map((row) => [row.resource.split(/[:/]/).at(-1), row.plans])).toEqual([
      ['orders', ['tables']],
      ['logs-of-orders', []],
      ['customers', ['tables']],
    ]);
  });
});

test('several artifacts form one estate', async () => {
  const other = `
Resources:
  More:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: more, Tags: [{ Key: backup, Value: daily }] }
`;
  const { answer } = await check('stack.yaml other.yaml', { ...FILES, 'other.yaml': other });
  expect(answer.coverage.find((row) => row.resource.endsWith('/more'))?.plans).toEqual(['tables']);
});
