// Clusters of Redshift by the official client, and the snapshots that AWS Backup makes of them.
import {
  ClusterAlreadyExistsFault,
  ClusterNotFoundFault,
  ClusterSnapshotNotFoundFault,
  CreateClusterCommand,
  CreateClusterSnapshotCommand,
  CreateTagsCommand,
  DeleteClusterCommand,
  DeleteClusterSnapshotCommand,
  DeleteTagsCommand,
  DescribeClustersCommand,
  DescribeClusterSnapshotsCommand,
  DescribeLoggingStatusCommand,
  DescribeTagsCommand,
  InvalidClusterSnapshotStateFault,
  ModifyClusterCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { World } from '@holdfast/engine';
import { planOfTag } from '../../support/daily-plan';

const ARN = 'arn:aws:redshift:us-east-1:123456789012:cluster:facts';

test('a cluster is made, tagged, backed up, changed and deleted; its snapshots stay', async () => {
  const here = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  await planOfTag(here);
  const client = here.client(RedshiftClient);
  const ClusterIdentifier = 'facts';
  const facts = {
    ClusterIdentifier,
    NodeType: 'ra3.xlplus',
    MasterUsername: 'root',
    MasterUserPassword: 'Secret-1234',
    Encrypted: true,
  };
  const { Cluster: made } = await client.send(new CreateClusterCommand(facts));
  expect(made).toMatchObject({
    ClusterStatus: 'available',
    Endpoint: { Port: 5439 },
    NumberOfNodes: 1,
    KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/aws/redshift',
  });
  expect(made).not.toHaveProperty('MasterUserPassword');
  await expect(client.send(new CreateClusterCommand(facts))).rejects.toBeInstanceOf(ClusterAlreadyExistsFault);
  await client.send(new CreateTagsCommand({ ResourceName: ARN, Tags: [{ Key: 'backup', Value: 'daily' }] }));
  await here.advance({ days: 1 });
  const [point] = here.pointsOf('facts');
  const { Snapshots } = await client.send(new DescribeClusterSnapshotsCommand({ ClusterIdentifier }));
  expect(Snapshots?.map(({ SnapshotArn }) => SnapshotArn)).toEqual([point?.recoveryPointArn]);
  const SnapshotIdentifier = Snapshots?.[0]?.SnapshotIdentifier ?? '';
  const door = client.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier }));
  await expect(door).rejects.toBeInstanceOf(InvalidClusterSnapshotStateFault);
  const { TaggedResources } = await client.send(new DescribeTagsCommand({ TagKeys: ['backup'] }));
  expect(TaggedResources?.map(({ ResourceName }) => ResourceName)).toEqual([ARN]);
  await client.send(new DeleteTagsCommand({ ResourceName: ARN, TagKeys: ['backup'] }));
  await here.advance({ days: 1 });
  expect(here.pointsOf('facts')).toHaveLength(1);
  const changed = await client.send(new ModifyClusterCommand({ ClusterIdentifier, NumberOfNodes: 3 }));
  expect(changed.Cluster).toMatchObject({ NumberOfNodes: 3, NodeType: 'ra3.xlplus' });
  const logging = await client.send(new DescribeLoggingStatusCommand({ ClusterIdentifier }));
  expect(logging.LoggingEnabled).toBe(false);
  await client.send(new CreateClusterSnapshotCommand({ ClusterIdentifier, SnapshotIdentifier: 'by-hand' }));
  await client.send(new DeleteClusterSnapshotCommand({ SnapshotIdentifier: 'by-hand' }));
  const none = client.send(new DescribeClusterSnapshotsCommand({ SnapshotIdentifier: 'by-hand' }));
  await expect(none).rejects.toBeInstanceOf(ClusterSnapshotNotFoundFault);
  await expect(client.send(new DeleteClusterCommand({ ClusterIdentifier }))).rejects.toMatchObject({
    name: 'InvalidParameterCombination',
  });
  await client.send(new DeleteClusterCommand({ ClusterIdentifier, FinalClusterSnapshotIdentifier: 'last' }));
  const gone = await client.send(new DescribeClustersCommand({ ClusterIdentifier })).catch((one: unknown) => one);
  expect(gone).toBeInstanceOf(ClusterNotFoundFault);
  expect(gone).toMatchObject({ $metadata: { httpStatusCode: 404 } });
  const left = await client.send(new DescribeClusterSnapshotsCommand({ ClusterIdentifier }));
  expect(left.Snapshots?.map((one) => one.SnapshotIdentifier)).toEqual(['last', SnapshotIdentifier]);
});
