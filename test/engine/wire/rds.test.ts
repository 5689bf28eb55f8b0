// Databases by the official client: instances, clusters, their snapshots, and what plans make of their states.
import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  DBClusterNotFoundFault,
  DBClusterSnapshotNotFoundFault,
  DBInstanceAlreadyExistsFault,
  DBInstanceNotFoundFault,
  DBSnapshotNotFoundFault,
  DBSubnetGroupNotFoundFault,
  DeleteDBClusterCommand,
  DeleteDBClusterSnapshotCommand,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeGlobalClustersCommand,
  InvalidDBClusterStateFault,
  InvalidDBInstanceStateFault,
  InvalidDBSnapshotStateFault,
  ListTagsForResourceCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RemoveTagsFromResourceCommand,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { World } from '@holdfast/engine';
import { planOfTag, restore } from '../../support/daily-plan';

const ARN = 'arn:aws:rds:us-east-1:123456789012:db:orders';
const DAILY = [{ Key: 'backup', Value: 'daily' }];
const ORDERS = {
  DBInstanceIdentifier: 'Orders',
  DBInstanceClass: 'db.t3.micro',
  Engine: 'postgres',
  AllocatedStorage: 20,
  StorageEncrypted: true,
  MasterUsername: 'root',
  MasterUserPassword: 'secret-1234',
  PreferredBackupWindow: '02:00-02:30',
  BackupRetentionPeriod: 7,
};

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

test('an instance is made, backed up while it is available, restored and deleted; its snapshots stay', async () => {
  const here = world();
  await planOfTag(here);
  const rds = here.client(RDSClient);
  const { DBInstance: made } = await rds.send(new CreateDBInstanceCommand({ ...ORDERS, Tags: DAILY }));
  expect(made).toMatchObject({
    DBInstanceIdentifier: 'orders',
    DBInstanceArn: ARN,
    DBInstanceStatus: 'available',
    Engine: 'postgres',
    Endpoint: { Port: 5432 },
    BackupRetentionPeriod: 7,
    KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/aws/rds',
    DBParameterGroups: [{ DBParameterGroupName: 'default.postgres16' }],
  });
  expect(made).not.toHaveProperty('MasterUserPassword');
  const again = rds.send(new CreateDBInstanceCommand(ORDERS));
  await expect(again).rejects.toBeInstanceOf(DBInstanceAlreadyExistsFault);
  await here.advance({ days: 1 });
  const [point] = here.pointsOf('orders');
  const identifier = point?.recoveryPointArn.split(':snapshot:')[1] ?? '';
  const shown = await rds.send(new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: 'orders' }));
  expect(shown.DBSnapshots).toMatchObject([
    { DBSnapshotIdentifier: identifier, SnapshotType: 'awsbackup', AllocatedStorage: 20, Engine: 'postgres' },
  ]);
  const door = rds.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: identifier }));
  await expect(door).rejects.toBeInstanceOf(InvalidDBSnapshotStateFault);
  await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'orders' }));
  const stop = rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'orders' }));
  await expect(stop).rejects.toBeInstanceOf(InvalidDBInstanceStateFault);
  await here.advance({ days: 2 });
  expect(here.pointsOf('orders')).toHaveLength(1);
  await rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier: 'orders' }));
  const restored = { DBInstanceIdentifier: 'orders-2' };
  await restore(here, point?.recoveryPointArn ?? '', restored);
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand(restored));
  expect(DBInstances).toMatchObject([{ Engine: 'postgres', DBInstanceClass: 'db.t3.micro', AllocatedStorage: 20 }]);
  const last = { DBInstanceIdentifier: 'orders', FinalDBSnapshotIdentifier: 'last' };
  await expect(rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders' }))).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  });
  await rds.send(new DeleteDBInstanceCommand(last));
  const gone = await rds
    .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'orders' }))
    .catch((one: unknown) => one);
  expect(gone).toBeInstanceOf(DBInstanceNotFoundFault);
  expect(gone).toMatchObject({ message: 'DBInstance orders not found.', $metadata: { httpStatusCode: 404 } });
  const left = await rds.send(new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: 'orders' }));
  expect(left.DBSnapshots?.map(({ SnapshotType }) => SnapshotType)).toEqual(['manual', 'awsbackup']);
});

test('an instance is modified, protected, and tagged as plans see it', async () => {
  const here = world();
  await planOfTag(here);
  const rds = here.client(RDSClient);
  const { DBInstance: made } = await rds.send(new CreateDBInstanceCommand(ORDERS));
  const named = { DBInstanceIdentifier: 'orders' };
  const changed = await rds.send(
    new ModifyDBInstanceCommand({ ...named, AllocatedStorage: 30, DeletionProtection: true, MultiAZ: true }),
  );
  expect(changed.DBInstance).toMatchObject({ AllocatedStorage: 30, DeletionProtection: true, MultiAZ: true });
  const kept = rds.send(new DeleteDBInstanceCommand({ ...named, SkipFinalSnapshot: true }));
  await expect(kept).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  await rds.send(new AddTagsToResourceCommand({ ResourceName: ARN, Tags: DAILY }));
  expect((await rds.send(new ListTagsForResourceCommand({ ResourceName: ARN }))).TagList).toEqual(DAILY);
  await here.advance({ days: 1 });
  expect(here.pointsOf('orders').map(({ sizeBytes }) => sizeBytes)).toEqual([30 * 1024 ** 3]);
  await rds.send(new RemoveTagsFromResourceCommand({ ResourceName: ARN, TagKeys: ['backup'] }));
  await here.advance({ days: 1 });
  expect(here.pointsOf('orders')).toHaveLength(1);
  const filter = { Name: 'dbi-resource-id', Values: [made?.DbiResourceId ?? ''] };
  const found = await rds.send(new DescribeDBInstancesCommand({ Filters: [filter] }));
  expect(found.DBInstances).toHaveLength(1);
  await rds.send(new CreateDBSnapshotCommand({ ...named, DBSnapshotIdentifier: 'by-hand' }));
  await rds.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: 'by-hand' }));
  const none = rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: 'by-hand' }));
  await expect(none).rejects.toBeInstanceOf(DBSnapshotNotFoundFault);
});

// prettier-ignore
test.each([
  ['aurora-postgresql', 'Aurora',     5432],
  ['docdb',             'DocumentDB', 27_017],
  ['neptune',           'Neptune',    8182],
] as const)('a cluster of %s is backed up as %s, and goes after its members', async (Engine, resourceType, port) => {
  const here = world();
  const backup = await planOfTag(here);
  expect(backup).toBeDefined();
  const rds = here.client(RDSClient);
  const named = { DBClusterIdentifier: 'orders' };
  const { DBCluster: made } = await rds.send(new CreateDBClusterCommand({ ...named, Engine, Tags: DAILY }));
  expect(made).toMatchObject({ Status: 'available', Port: port });
  const member = { DBInstanceIdentifier: 'one', DBInstanceClass: 'db.r6g.large', Engine };
  await expect(rds.send(new CreateDBInstanceCommand(member))).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  await rds.send(new CreateDBInstanceCommand({ ...member, ...named }));
  const cluster = async () => (await rds.send(new DescribeDBClustersCommand(named))).DBClusters?.[0];
  expect((await cluster())?.DBClusterMembers).toMatchObject([{ DBInstanceIdentifier: 'one', IsClusterWriter: true }]);
  await rds.send(new ModifyDBClusterCommand({ ...named, BackupRetentionPeriod: 5, DeletionProtection: true }));
  expect(await cluster()).toMatchObject({ BackupRetentionPeriod: 5, DeletionProtection: true });
  await here.advance({ days: 1 });
  expect(here.pointsOf('orders').map((one) => one.resourceType)).toEqual([resourceType]);
  const skip = { ...named, SkipFinalSnapshot: true };
  await expect(rds.send(new DeleteDBClusterCommand(skip))).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  await rds.send(new ModifyDBClusterCommand({ ...named, DeletionProtection: false }));
  await expect(rds.send(new DeleteDBClusterCommand(skip))).rejects.toBeInstanceOf(InvalidDBClusterStateFault);
  await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'one' }));
  const DBClusterSnapshotIdentifier = 'by-hand';
  await rds.send(new CreateDBClusterSnapshotCommand({ ...named, DBClusterSnapshotIdentifier }));
  await rds.send(new DeleteDBClusterCommand(skip));
  await expect(cluster()).rejects.toBeInstanceOf(DBClusterNotFoundFault);
  const snapshots = async () => (await rds.send(new DescribeDBClusterSnapshotsCommand(named))).DBClusterSnapshots;
  expect((await snapshots())?.map(({ SnapshotType }) => SnapshotType)).toEqual(['manual', 'awsbackup']);
  await rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier }));
  expect(await snapshots()).toHaveLength(1);
  const none = rds.send(new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier }));
  await expect(none).rejects.toBeInstanceOf(DBClusterSnapshotNotFoundFault);
});

test('subnet groups are made of the subnets of the default VPC, and there are no global clusters', async () => {
  const here = world();
  const rds = here.client(RDSClient);
  const { Subnets = [] } = await here.client(EC2Client).send(new DescribeSubnetsCommand({}));
  const SubnetIds = Subnets.map(({ SubnetId }) => SubnetId ?? '').slice(0, 2);
  const group = { DBSubnetGroupName: 'Two', DBSubnetGroupDescription: 'two', SubnetIds };
  await rds.send(new CreateDBSubnetGroupCommand(group));
  await expect(rds.send(new CreateDBSubnetGroupCommand(group))).rejects.toMatchObject({
    name: 'DBSubnetGroupAlreadyExistsFault',
  });
  const other = new CreateDBSubnetGroupCommand({ ...group, DBSubnetGroupName: 'x', SubnetIds: ['subnet-1'] });
  await expect(rds.send(other)).rejects.toMatchObject({ name: 'InvalidSubnet' });
  const { DBInstance } = await rds.send(new CreateDBInstanceCommand({ ...ORDERS, DBSubnetGroupName: 'two' }));
  expect(DBInstance?.DBSubnetGroup?.Subnets).toHaveLength(2);
  const { DBSubnetGroups } = await rds.send(new DescribeDBSubnetGroupsCommand({}));
  expect(DBSubnetGroups?.map(({ DBSubnetGroupName }) => DBSubnetGroupName)).toEqual(['default', 'two']);
  const remove = () => rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'two' }));
  await expect(remove()).rejects.toMatchObject({ name: 'InvalidDBSubnetGroupStateFault' });
  await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true }));
  await remove();
  const gone = rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'two' }));
  await expect(gone).rejects.toBeInstanceOf(DBSubnetGroupNotFoundFault);
  expect((await rds.send(new DescribeGlobalClustersCommand({}))).GlobalClusters).toEqual([]);
});
