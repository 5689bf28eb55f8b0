// The official clients against a World in process: what they send is serialized, signed, routed and parsed as ever.
import {
  AlreadyExistsException,
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupVaultCommand,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
  InvalidParameterValueException,
  InvalidRequestException,
  ListBackupJobsCommand,
  paginateListRecoveryPointsByBackupVault,
  PutBackupVaultLockConfigurationCommand,
  StartBackupJobCommand,
  UpdateRecoveryPointLifecycleCommand,
} from '@aws-sdk/client-backup';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  KMSClient,
  ListRetirableGrantsCommand,
  NotFoundException,
} from '@aws-sdk/client-kms';
import { GetFederationTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { World } from '@holdfast/engine';
import { mockClient } from 'aws-sdk-client-mock';

const ROLE = 'arn:aws:iam::123456789012:role/backup';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

test('a vault is made, locked, described and deleted, with dates and numbers as the client has them', async () => {
  const here = world();
  const client = here.client(BackupClient);
  const made = await client.send(
    new CreateBackupVaultCommand({ BackupVaultName: 'main', BackupVaultTags: { owner: 'é + ops @ home' } }),
  );
  expect(made.CreationDate).toEqual(new Date('2027-01-01T00:00:00Z'));
  expect(made.BackupVaultArn).toBe('arn:aws:backup:us-east-1:123456789012:backup-vault:main');
  const lock = { BackupVaultName: 'main', MinRetentionDays: 7, ChangeableForDays: 3 };
  await client.send(new PutBackupVaultLockConfigurationCommand(lock));
  const described = await client.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }));
  expect(described).toMatchObject({ Locked: true, MinRetentionDays: 7, LockDate: new Date('2027-01-04T00:00:00Z') });
  await client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }));
  await expect(client.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: 'Insufficient privileges to perform this action.',
    $metadata: { httpStatusCode: 403 },
  });
});

test('an error is an instance of the class of the client, with its members', async () => {
  const client = world().client(BackupClient);
  const make = () => client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  await make();
  const error = await make().catch((one: unknown) => one);
  expect(error).toBeInstanceOf(AlreadyExistsException);
  expect(error).toMatchObject({ Arn: 'arn:aws:backup:us-east-1:123456789012:backup-vault:main', Type: 'User' });
  const refused = client.send(new CreateBackupPlanCommand({ BackupPlan: { BackupPlanName: 'p', Rules: [] } }));
  await expect(refused).rejects.toBeInstanceOf(InvalidParameterValueException);
});

test('jobs that were started run with the clock of the World, and pages are paged', async () => {
  const here = world();
  const client = here.client(BackupClient);
  await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const { arn } = here.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  for (let i = 0; i < 5; i++) {
    const job = { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE, Lifecycle: { DeleteAfterDays: 30 } };
    await client.send(new StartBackupJobCommand(job));
    await here.advance({ hours: 1 });
  }
  const jobs = await client.send(new ListBackupJobsCommand({ ByResourceArn: arn, ByState: 'COMPLETED' }));
  expect(jobs.BackupJobs).toHaveLength(5);
  const found: string[] = [];
  const pages = paginateListRecoveryPointsByBackupVault({ client, pageSize: 2 }, { BackupVaultName: 'main' });
  for await (const page of pages) {
    found.push(...(page.RecoveryPoints ?? []).map((point) => point.RecoveryPointArn ?? ''));
  }
  expect(new Set(found).size).toBe(5);
  // The ARN of a point is a label of the path, with colons and slashes in it.
  const first = found.at(-1) ?? '';
  const updated = await client.send(
    new UpdateRecoveryPointLifecycleCommand({
      BackupVaultName: 'main',
      RecoveryPointArn: first,
      Lifecycle: { DeleteAfterDays: 90 },
    }),
  );
  expect(updated.CalculatedLifecycle?.DeleteAt).toEqual(new Date('2027-04-01T00:00:00Z'));
  const full = client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }));
  await expect(full).rejects.toBeInstanceOf(InvalidRequestException);
  await expect(full).rejects.toMatchObject({ Code: 'ERROR_9101' });
});

test('account and Region are those of the client', async () => {
  const here = world();
  const other = here.client(BackupClient, { account: '444455556666', region: 'eu-west-1' });
  const made = await other.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  expect(made.BackupVaultArn).toBe('arn:aws:backup:eu-west-1:444455556666:backup-vault:main');
  const mine = here.client(BackupClient);
  await expect(mine.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }))).rejects.toThrow('Insufficient');
});

test('a service of another protocol: keys of KMS', async () => {
  const client = world().client(KMSClient);
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Description: 'for backups' }));
  const described = await client.send(new DescribeKeyCommand({ KeyId: KeyMetadata?.KeyId ?? '' }));
  expect(described.KeyMetadata).toEqual(KeyMetadata);
  expect(KeyMetadata?.CreationDate).toEqual(new Date('2027-01-01T00:00:00Z'));
  const missing = client.send(new DescribeKeyCommand({ KeyId: '00000000-0000-4000-8000-000000000000' }));
  await expect(missing).rejects.toBeInstanceOf(NotFoundException);
});

test('fails with NotEmulated and the name of what is missing, at once', async () => {
  const client = world().client(KMSClient);
  await expect(client.send(new ListRetirableGrantsCommand({ RetiringPrincipal: ROLE }))).rejects.toMatchObject({
    name: 'NotEmulated',
    message: 'kms: ListRetirableGrants is not emulated',
    $metadata: { httpStatusCode: 400 },
  });
  const sts = world().client(STSClient);
  await expect(sts.send(new GetFederationTokenCommand({ Name: 'ab' }))).rejects.toMatchObject({ name: 'NotEmulated' });
});

test('a World backs a mock of the class, whose records of calls stay', async () => {
  const here = world();
  const mock = mockClient(BackupClient);
  mock.send.callsFake(here.sender(BackupClient));
  try {
    const code = new BackupClient({ region: 'us-east-1' });
    const made = await code.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    expect(made.BackupVaultArn).toBe('arn:aws:backup:us-east-1:123456789012:backup-vault:main');
    await expect(code.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }))).rejects.toBeInstanceOf(
      AlreadyExistsException,
    );
    expect(mock.commandCalls(CreateBackupVaultCommand)).toHaveLength(2);
  } finally {
    mock.restore();
  }
});
