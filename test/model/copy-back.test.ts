import { spawnSync } from 'node:child_process';
import { BackupVault, CopyBackDeclaration, CopyBackRules, CopyBacks } from '@holdfast/model';
import { exercised, onPath, skipped } from '../support/programs';
import { ENV, PLAIN, Row, testRows, vault, vaultArn } from './rows';

interface Declared extends Partial<CopyBackDeclaration> {
  readonly vaults?: BackupVault[];
}
const OTHER = { ...ENV, account: '444455556666' };
const TO = 'destinationBackupVaultArn';
const KEY = 'arn:aws:kms:eu-central-1:444455556666:key/0000-1111';
const theirs = (over: Partial<BackupVault> = {}) =>
  vault({ backupVaultName: 'primary', env: OTHER, encryptionKeyArn: KEY, ...over });
const letIn = { Statement: [CopyBacks.destinationStatement(ENV, 'copy-back')] };
const elsewhere = vaultArn('primary', { account: OTHER.account });

// prettier-ignore
const ROWS: Row<Declared>[] = [
  ['copy-action-destination-arn', 'passes', {}],
  ['copy-action-destination-arn', 'fails',  { destinationBackupVaultArn: 'primary' }, TO, 'primary'],
  ['copy-action-own-vault', 'fails',  { destinationBackupVaultArn: vaultArn('copies') }, TO, vaultArn('copies')],
  ['copy-action-own-vault', 'passes', { destinationBackupVaultArn: vaultArn('copies', { region: 'eu-west-1' }) }],
  ['copy-action-partition', 'fails',  { destinationBackupVaultArn: vaultArn('primary', { partition: 'aws-cn' }) }, TO, 'aws-cn, where the plan is in aws'],
  ['copy-action-cross-account-default-vault', 'fails',  { destinationBackupVaultArn: vaultArn('Default', { account: OTHER.account }) }, TO, 'Default of account 444455556666'],
  ['copy-action-cross-account-key',    'fails',  { destinationBackupVaultArn: elsewhere, vaults: [theirs({ encryptionKeyArn: undefined, accessPolicy: letIn })] }, TO, 'primary with aws/backup'],
  ['copy-action-cross-account-policy', 'fails',  { destinationBackupVaultArn: elsewhere, vaults: [theirs()] }, TO, 'primary without a policy'],
  ['copy-action-cross-account-policy', 'passes', { destinationBackupVaultArn: elsewhere, vaults: [theirs({ accessPolicy: letIn })] }],
  ['copy-action-retention-in-lock',    'passes', { vaults: [vault({ backupVaultName: 'primary', vaultLock: { maxRetentionDays: 30 } })] }],
  ['copy-action-retention-in-lock',    'passes', { vaults: [vault({ backupVaultName: 'primary', vaultLock: { maxRetentionDays: 30 } })], lifecycle: { deleteAfterDays: 30 } }],
  ['lifecycle-delete-after',           'fails',  { lifecycle: { deleteAfterDays: 0 } }, 'lifecycle.deleteAfterDays', '0'],
  ['restore-runbook-document-name',    'fails',  { documentName: 'a b' }, 'documentName', 'a b'],
];

testRows(
  ({ vaults = [], ...over }) =>
    CopyBackRules.check(
      { env: ENV, sourceBackupVaultName: 'copies', destinationBackupVaultArn: vaultArn('primary'), ...over },
      vaults,
      PLAIN,
    ),
  ROWS,
);

test('holds a lifecycle that is given against the lock of the destination', () => {
  const locked = vault({ backupVaultName: 'primary', vaultLock: { maxRetentionDays: 30 } });
  const declared = {
    env: ENV,
    sourceBackupVaultName: 'copies',
    destinationBackupVaultArn: vaultArn('primary'),
    lifecycle: { deleteAfterDays: 31 },
  };
  const [finding] = CopyBackRules.check(declared, [locked], PLAIN);
  expect(finding).toMatchObject({ rule: 'copy-action-retention-in-lock', path: 'lifecycle.deleteAfterDays' });
});

// prettier-ignore
const ACCOUNTS: Row<{ readonly known: boolean }>[] = [
  ['copy-back-account', 'passes', { known: true }],
  ['copy-back-account', 'fails',  { known: false }, 'env.account', 'one that is not known yet'],
];

testRows(({ known }) => CopyBackRules.checkStatement(ENV, 'env', { known: () => known }), ACCOUNTS);

test('the destination lets the account in, or one role of it', () => {
  const statement = {
    Sid: 'AllowCopyingBack',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:root' },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  };
  expect(CopyBacks.destinationStatement(ENV)).toEqual(statement);
  expect(CopyBacks.destinationStatement(ENV, 'copy-back')).toEqual({
    ...statement,
    Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/copy-back' } },
  });
});

interface Step {
  readonly name: string;
  readonly action: string;
  readonly isEnd?: boolean;
  readonly inputs: { readonly Script?: string; readonly Steps?: Step[]; readonly DesiredValues?: string[] };
  readonly outputs?: { readonly Name: string }[];
}
interface Document {
  readonly parameters: object;
  readonly mainSteps: readonly Step[];
  readonly outputs: readonly string[];
}
const made = CopyBacks.document({ automationRoleArn: 'arn:role', functionArn: 'arn:function' }) as Document;
const step = (name: string) => made.mainSteps.find((each) => each.name === name)!;

test('starts, waits for whatever end, and tells of it', () => {
  expect(made.mainSteps.map(({ name, action }) => `${name} ${action}`)).toEqual([
    'StartCopies aws:invokeLambdaFunction',
    'CheckStart aws:executeScript',
    'IsDryRun aws:branch',
    'WaitForCopies aws:loop',
    'ReadStates aws:invokeLambdaFunction',
    'CheckEnd aws:executeScript',
  ]);
  expect(step('WaitForCopies').inputs.Steps?.[0]?.inputs.DesiredValues).toEqual(['COMPLETED', 'FAILED', 'PARTIAL']);
});

test('refers to nothing that it does not have', () => {
  const outputs = made.mainSteps.flatMap(({ name, outputs: of = [] }) => of.map(({ Name }) => `${name}.${Name}`));
  const given = [
    'automation:EXECUTION_ID',
    'StartCopies.Payload',
    'ReadStates.Payload',
    'WaitForCopies.CurrentIteratorValue',
  ];
  const known = new Set([...Object.keys(made.parameters), ...outputs, ...given]);
  const text = JSON.stringify([made.mainSteps, made.outputs.map((output) => `{{ ${output} }}`)]);
  const used = [...text.matchAll(/\{\{ ([^}]+) \}\}/g)].map(([, name]) => name as string);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
  expect(Object.keys(made.parameters).filter((name) => !used.includes(name))).toEqual([]);
});

describe('the scripts that judge', () => {
  const run = (name: string, report: object) => {
    const main = '\nimport sys\nprint(json.dumps(judge(json.loads(sys.argv[1]), {})))\n';
    const events = JSON.stringify({ payload: JSON.stringify(report) });
    return spawnSync('python3', ['-c', step(name).inputs.Script + main, events], { encoding: 'utf8' });
  };
  const python = onPath('python3') === undefined ? test.skip : test;
  if (onPath('python3') === undefined) {
    skipped('python3', 'python3 is not on PATH');
  }

  python('pass on which copies were started', () => {
    const { stdout } = run('CheckStart', { complete: true, copyJobIds: ['a'], resources: [] });
    expect(JSON.parse(stdout)).toEqual({ CopyJobIds: ['a'] });
    exercised('python3', 'the scripts of a copy-back');
  });

  python('fail for a resource that has no copy', () => {
    const resources = [
      { resourceArn: 'arn:one', state: 'STARTED' },
      { resourceArn: 'arn:two', state: 'NO_POINT', because: 'none is there' },
      { resourceArn: 'arn:three', state: 'FAILED' },
    ];
    const { status, stderr } = run('CheckStart', { complete: false, copyJobIds: ['a'], resources });
    expect(status).toBe(1);
    expect(stderr).toContain('not copied: arn:two: none is there; arn:three: ');
  });

  python('tell what the copies made', () => {
    const jobs = [{ copyJobId: 'a', state: 'COMPLETED', destinationRecoveryPointArn: 'arn:copy' }];
    expect(JSON.parse(run('CheckEnd', { complete: true, jobs }).stdout)).toEqual({ RecoveryPointArns: ['arn:copy'] });
  });

  python('fail for a copy that failed', () => {
    const jobs = [
      { copyJobId: 'a', state: 'COMPLETED' },
      { copyJobId: 'b', state: 'FAILED', because: 'no key' },
    ];
    const { status, stderr } = run('CheckEnd', { complete: false, jobs });
    expect(status).toBe(1);
    expect(stderr).toContain('b FAILED: no key');
  });
});
