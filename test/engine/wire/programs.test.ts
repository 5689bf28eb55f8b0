// The real AWS CLI and boto3 against one World of a server.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { exercised, testWith } from '../../support/programs';

const run = promisify(execFile);
const ACCOUNT = '111111111111';
const REGION = 'eu-central-1';

let front: HttpFront;

beforeEach(async () => {
  const env = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  front = await HttpFront.open(new ServedWorlds({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
});

afterEach(() => front.close());

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    // Programs keep the prefix of an endpoint, and sign it.
    AWS_ENDPOINT_URL: `${front.url}/_world/programs`,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}

async function aws(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run('aws', args, { env: environment() });
  return stdout === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
}

async function control(name: string, body: unknown): Promise<void> {
  const response = await fetch(`${front.url}/_world/programs/_holdfast/${name}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

testWith('aws', 'aws')(
  'the AWS CLI makes a plan, and sees a month later what it did',
  async () => {
    exercised('aws', 'backup and sts over a socket');
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: ACCOUNT });
    await control('resources', [{ type: 'EFS', name: 'fs-1', account: ACCOUNT, region: REGION, sizeGiB: 1 }]);
    await aws('backup', 'create-backup-vault', '--backup-vault-name', 'main');
    const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 7 } };
    const plan = JSON.stringify({ BackupPlanName: 'plan', Rules: [rule] });
    const { BackupPlanId } = await aws('backup', 'create-backup-plan', '--backup-plan', plan);
    const IamRoleArn = `arn:aws:iam::${ACCOUNT}:role/backup`;
    const selection = JSON.stringify({ SelectionName: 'all', IamRoleArn, Resources: ['*'] });
    const id = String(BackupPlanId);
    await aws('backup', 'create-backup-selection', '--backup-plan-id', id, '--backup-selection', selection);
    await control('clock', { advance: 'P30D' });
    const { RecoveryPoints } = await aws(
      ...['backup', 'list-recovery-points-by-backup-vault', '--backup-vault-name', 'main'],
    );
    // Seven days kept, and a day that is deleted within eight hours of its end.
    expect(RecoveryPoints).toHaveLength(7);
    const failed = run('aws', ['backup', 'describe-backup-vault', '--backup-vault-name', 'none'], {
      env: environment(),
    });
    await expect(failed).rejects.toMatchObject({ stderr: expect.stringContaining('AccessDeniedException') });
    const unknown = run('aws', ['elasticache', 'describe-cache-clusters'], { env: environment() });
    await expect(unknown).rejects.toMatchObject({ stderr: expect.stringContaining('NotEmulated') });
  },
  120_000,
);

const SCRIPT = `
import boto3, json
backup = boto3.client('backup')
for name in ['aa', 'bb', 'cc']:
    backup.create_backup_vault(BackupVaultName=name)
pages = backup.get_paginator('list_backup_vaults').paginate(PaginationConfig={'PageSize': 2})
names = [vault['BackupVaultName'] for page in pages for vault in page['BackupVaultList']]
try:
    backup.create_backup_vault(BackupVaultName='aa')
    code = None
except backup.exceptions.AlreadyExistsException as error:
    code = error.response['Error']['Code'], error.response.get('Arn')
key = boto3.client('kms').create_key()['KeyMetadata']['KeyId']
state = boto3.client('kms').describe_key(KeyId=key)['KeyMetadata']['KeyState']
print(json.dumps([names, code, state, boto3.client('iam').list_roles()['Roles']]))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 pages through vaults, knows exceptions, and speaks the JSON and the query protocol',
  async () => {
    exercised('boto3', 'backup, kms and iam over a socket');
    const { stdout } = await run('python3', ['-c', SCRIPT], { env: environment() });
    const arn = `arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:aa`;
    expect(JSON.parse(stdout)).toEqual([['aa', 'bb', 'cc'], ['AlreadyExistsException', arn], 'Enabled', []]);
  },
  120_000,
);
