import {
  BackupClient,
  DeleteBackupPlanCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DeleteRecoveryPointCommand,
  GetRecoveryPointRestoreMetadataCommand,
  ListBackupPlansCommand,
  ListRecoveryPointsByBackupVaultCommand,
  RecoveryPointByBackupVault,
  StartRestoreJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DisableKeyCommand, KMSClient, PutKeyPolicyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  AcceptHandshakeCommand,
  InviteAccountToOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { PostgresDatabase, World } from '@holdfast/engine';
import { Application, Check, Clients } from './application';
import { APP_ROLE, MANAGEMENT, RECEIPTS, RECOVERY, RECOVERY_ROLE, REGION, SHOP } from './estate';
import { ransom } from './thief';

const DAYS = 60;
const DAY_OF_RANSOM = 50;
/** Who has found no copy that is well by then looks into why. */
const MOST_TRIES = 5;

const THIEF = `arn:aws:iam::${SHOP}:role/stolen-administrator`;
const OPERATOR = `arn:aws:iam::${RECOVERY}:role/recovery-operator`;

type Say = (line: string) => void;

/** Two months of a shop; ransomware; recovery. @param assembly folder of the synthesized app */
export async function drill(assembly: string, say: Say): Promise<void> {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  const ledger = await PostgresDatabase.create({ database: 'shop', user: 'shop', password: 'secret' });
  try {
    await world.deploy(assembly);
    await organize(world);
    await ledger.listen();
    world.give('ledger', ledger);
    const shop = new Application(
      { table: 'orders', bucket: RECEIPTS, database: ledger.connectionString },
      clientsOf(world, SHOP, `arn:aws:iam::${SHOP}:role/${APP_ROLE}`),
    );
    await shop.install();

    say(`# ${DAY_OF_RANSOM - 1} days of business`);
    await trade(world, shop, 1, DAY_OF_RANSOM - 1);
    sayCheck(say, world, 'the shop', await shop.check());
    sayPoints(say, world);

    say('');
    say(`# Day ${DAY_OF_RANSOM}: ransomware, with the credentials of the application`);
    await world.advance({ hours: 12 });
    await ransom(shop);
    sayCheck(say, world, 'the shop', await shop.check());

    say('');
    say(`# Then deletion of the backups, with the rights of an administrator of account ${SHOP}`);
    await destroy(world, say);

    // The next backup captures what the thief left.
    await world.advance({ days: 1 });
    say('');
    say(`# Account ${RECOVERY} recovers`);
    const recovered = await recover(world, say);

    say('');
    say(`# The shop goes on in account ${RECOVERY}`);
    const { orders } = await recovered.check();
    await trade(world, recovered, orders + 1, DAYS - DAY_OF_RANSOM);
    sayCheck(say, world, 'the recovered shop', await recovered.check());
    sayPoints(say, world);
  } finally {
    await world.close();
  }
}

function clientsOf(world: World, account: string, principal: string): Clients {
  const props = { account, region: REGION, principal };
  return { dynamodb: world.client(DynamoDBClient, props), s3: world.client(S3Client, props) };
}

async function trade(world: World, shop: Application, from: number, days: number): Promise<void> {
  for (let day = from; day < from + days; day++) {
    await world.advance({ hours: 12 });
    await shop.trade(day);
    await world.advance({ hours: 12 });
  }
}

/** Both accounts join the organization, which lets them copy to each other; who acts in them has a role. */
async function organize(world: World): Promise<void> {
  const management = world.client(OrganizationsClient, { account: MANAGEMENT });
  for (const account of [SHOP, RECOVERY]) {
    const { Handshake } = await management.send(
      new InviteAccountToOrganizationCommand({ Target: { Id: account, Type: 'ACCOUNT' } }),
    );
    const member = world.client(OrganizationsClient, { account });
    await member.send(new AcceptHandshakeCommand({ HandshakeId: Handshake?.Id }));
  }
  const backup = world.client(BackupClient, { account: MANAGEMENT, region: 'us-east-1' });
  await backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings: { isCrossAccountBackupEnabled: 'true' } }));
  for (const arn of [THIEF, OPERATOR]) {
    const [, , , , account = '', role = ''] = arn.split(':');
    const RoleName = role.replace('role/', '');
    const Statement = [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }];
    const iam = world.client(IAMClient, { account });
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  }
}

async function pointsIn(
  world: World,
  account: string,
  BackupVaultName: string,
): Promise<readonly RecoveryPointByBackupVault[]> {
  const backup = world.client(BackupClient, { account, region: REGION });
  const found: RecoveryPointByBackupVault[] = [];
  let NextToken: string | undefined;
  do {
    const page = await backup.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName, NextToken }));
    found.push(...(page.RecoveryPoints ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return found;
}

/** Actions, each with the calls of it. */
type Attempts = [action: string, times: (() => Promise<unknown>)[]][];

/** What locks a company out of its own backups without deleting one: their keys end, stop, or obey somebody else. */
function attemptsAtKeys(kms: KMSClient, keys: readonly string[]): Attempts {
  const theirs = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: THIEF }, Action: 'kms:*', Resource: '*' }],
  };
  const Policy = JSON.stringify(theirs);
  return [
    [
      'kms:ScheduleKeyDeletion',
      keys.map((KeyId) => () => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))),
    ],
    ['kms:DisableKey', keys.map((KeyId) => () => kms.send(new DisableKeyCommand({ KeyId })))],
    ['kms:PutKeyPolicy', keys.map((KeyId) => () => kms.send(new PutKeyPolicyCommand({ KeyId, Policy })))],
  ];
}

/** Tries what destroys backups, and says what stopped each attempt. */
async function destroy(world: World, say: Say): Promise<void> {
  const caller = { account: SHOP, region: REGION, principal: THIEF };
  const backup = world.client(BackupClient, caller);
  const BackupVaultName = 'shop';
  const points = await pointsIn(world, SHOP, BackupVaultName);
  const { BackupPlansList: [plan] = [] } = await world
    .client(BackupClient, { account: SHOP, region: REGION })
    .send(new ListBackupPlansCommand({}));
  const attempts: Attempts = [
    [
      'backup:DeleteRecoveryPoint',
      points.map(
        ({ RecoveryPointArn }) =>
          () =>
            backup.send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn })),
      ),
    ],
    [
      'backup:DeleteBackupVaultLockConfiguration',
      [() => backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }))],
    ],
    [
      'backup:DeleteBackupVaultAccessPolicy',
      [() => backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }))],
    ],
    ['backup:DeleteBackupVault', [() => backup.send(new DeleteBackupVaultCommand({ BackupVaultName }))]],
    ['backup:DeleteBackupPlan', [() => backup.send(new DeleteBackupPlanCommand({ BackupPlanId: plan?.BackupPlanId }))]],
    ...attemptsAtKeys(world.client(KMSClient, caller), [
      ...new Set(points.map(({ EncryptionKeyArn }) => EncryptionKeyArn ?? '')),
    ]),
  ];
  const tried = world.attack(THIEF).attempts;
  for (const [action, times] of attempts) {
    const answers = new Set<string>();
    for (const send of times) {
      answers.add(
        await send().then(
          () => 'done',
          (fault: Error) => fault.name,
        ),
      );
    }
    const stop = tried.find((one) => one.action === action && !one.succeeds)?.stoppedBy;
    const often = times.length === 1 ? 'once' : `${times.length} times`;
    say(`${action}, ${often}: ${[...answers].join(', ')}`);
    say(`            statement ${stop?.statement ?? '–'} of ${stop?.policy ?? 'nothing'}`);
  }
}

const DESTINATION = { table: 'orders-recovered', database: 'ledger-recovered', bucket: `receipts-${RECOVERY}` };

/** Restores the copies, the latest first, until the application finds that all is well. */
async function recover(world: World, say: Say): Promise<Application> {
  const copies = await pointsIn(world, RECOVERY, 'holdfast-copies');
  const instants = [...new Set(copies.map(({ CreationDate }) => CreationDate!.toISOString()))].sort().reverse();
  for (const [index, instant] of instants.slice(0, MOST_TRIES).entries()) {
    const suffix = `-${index + 1}`;
    for (const point of copies.filter(({ CreationDate }) => CreationDate!.toISOString() === instant)) {
      await restore(world, point, suffix);
    }
    await world.advance({ hours: 12 });
    const database = world.content(`${DESTINATION.database}${suffix}`) as PostgresDatabase;
    await database.listen();
    const recovered = new Application(
      {
        table: `${DESTINATION.table}${suffix}`,
        bucket: `${DESTINATION.bucket}${suffix}`,
        database: database.connectionString,
      },
      clientsOf(world, RECOVERY, OPERATOR),
    );
    const check = await recovered.check();
    sayCheck(say, world, `what was restored of ${instant.slice(0, 10)}`, check);
    if (check.wrong.length === 0) {
      return recovered;
    }
  }
  throw new Error('no copy is what the shop had');
}

async function restore(
  world: World,
  { RecoveryPointArn, ResourceType }: RecoveryPointByBackupVault,
  suffix: string,
): Promise<void> {
  const backup = world.client(BackupClient, { account: RECOVERY, region: REGION, principal: OPERATOR });
  const { RestoreMetadata = {} } = await backup.send(
    new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName: 'holdfast-copies', RecoveryPointArn }),
  );
  const named: Record<string, Record<string, string>> = {
    DynamoDB: { targetTableName: `${DESTINATION.table}${suffix}`, encryptionType: 'Default' },
    RDS: { ...RestoreMetadata, DBInstanceIdentifier: `${DESTINATION.database}${suffix}` },
    S3: { DestinationBucketName: `${DESTINATION.bucket}${suffix}`, NewBucket: 'true', Encrypted: 'false' },
  };
  await backup.send(
    new StartRestoreJobCommand({
      RecoveryPointArn,
      Metadata: named[ResourceType ?? ''],
      IamRoleArn: `arn:aws:iam::${RECOVERY}:role/${RECOVERY_ROLE}`,
    }),
  );
}

function sayCheck(say: Say, world: World, what: string, { orders, wrong }: Check): void {
  say(`${world.now.slice(0, 10)}  ${what}: ${orders} orders, ${wrong.length === 0 ? 'all is well' : 'NOT WELL'}`);
  wrong.forEach((line) => say(`            ${line}`));
}

function sayPoints(say: Say, world: World): void {
  const { backupJobs, copyJobs, recoveryPoints } = world.summary();
  const count = (jobs: Record<string, number>) =>
    Object.entries(jobs)
      .map(([state, jobCount]) => `${jobCount} ${state}`)
      .join(', ');
  say(`            backup jobs: ${count(backupJobs)}; copy jobs: ${count(copyJobs)}`);
  for (const [vault, { live }] of Object.entries(recoveryPoints.byVault)) {
    say(`            ${live} points in ${vault}`);
  }
}
