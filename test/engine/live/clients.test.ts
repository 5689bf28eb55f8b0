// Pages, sizes and faults that a World does not have, by clients whose answers are given.
import { BackupClient, DescribeGlobalSettingsCommand, ListProtectedResourcesCommand } from '@aws-sdk/client-backup';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DSQLClient, GetClusterCommand, ListClustersCommand } from '@aws-sdk/client-dsql';
import {
  DescribeOrganizationCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  ListNamespacesCommand,
  ListTagsForResourceCommand as NamespaceTags,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import {
  DescribeCachediSCSIVolumesCommand,
  ListTagsForResourceCommand as GatewayTags,
  ListVolumesCommand,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { HttpResponse } from '@smithy/core/protocols';
import { mockClient } from 'aws-sdk-client-mock';
import { Readable } from 'node:stream';
import { documentOf, type KeptPage, SOURCES } from '../../../engine/src/live/inventory';
import { bearsOnBackups } from '../../../engine/src/live/organization-sources';
import { Reader } from '../../../engine/src/live/reader';
import type { Page } from '../../../engine/src/live/source';
import { HOME } from './account';

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${HOME.account}:${rest}`;
const outside = {
  now: () => 0,
  sleep: async () => {},
  make: <C>(Class: new (config: { region: string; maxAttempts: number }) => C, region: string) =>
    new Class({ region, maxAttempts: 1 }),
};

async function pagesOf(name: string): Promise<Page[]> {
  const source = SOURCES.find((one) => one.name === name);
  const reader = new Reader(outside, 1000);
  const pages: Page[] = [];
  for (let token: string | undefined; pages.length === 0 || token !== undefined; token = pages.at(-1)?.next) {
    pages.push((await source?.page(reader, HOME, token)) ?? {});
  }
  return pages;
}

test('clusters of Aurora DSQL and namespaces are as large as CloudWatch says, in its own unit each', async () => {
  const [dsql, serverless, watch] = [
    mockClient(DSQLClient),
    mockClient(RedshiftServerlessClient),
    mockClient(CloudWatchClient),
  ];
  const [cluster, namespace] = [arn('dsql', 'cluster/abc'), arn('redshift-serverless', 'namespace/n-1')];
  dsql.on(ListClustersCommand).resolves({ clusters: [{ identifier: 'abc', arn: cluster }] });
  dsql
    .on(GetClusterCommand)
    .resolves({ identifier: 'abc', arn: cluster, status: 'ACTIVE', tags: { 'aws:x': '1', a: 'b' } });
  const metric = (value: number) => ({ MetricDataResults: [{ Id: 'm0', Values: [value] }] });
  watch
    .on(GetMetricDataCommand)
    .resolvesOnce(metric(3 * 2 ** 30))
    .resolvesOnce(metric(2048));
  expect((await pagesOf('dsql'))[0]?.entries).toEqual([
    { arn: cluster, sizeGiB: 3, tags: { a: 'b' }, state: 'ACTIVE' },
  ]);
  serverless.on(ListNamespacesCommand).resolves({
    namespaces: [{ namespaceArn: namespace, namespaceName: 'n', kmsKeyId: 'AWS_OWNED_KMS_KEY', status: 'AVAILABLE' }],
  });
  serverless.on(NamespaceTags).resolves({ tags: [{ key: 'a', value: 'b' }] });
  expect((await pagesOf('redshift-serverless'))[0]?.entries).toEqual([
    { arn: namespace, sizeGiB: 2, tags: { a: 'b' }, state: 'AVAILABLE' },
  ]);
  [dsql, serverless, watch].forEach((mock) => mock.restore());
});

test('stored volumes of a gateway have no key to ask for; of cached ones each gateway is asked by itself', async () => {
  const gateways = mockClient(StorageGatewayClient);
  const volume = (gateway: string, id: string, VolumeType: string) => ({
    VolumeARN: arn('storagegateway', `gateway/${gateway}/volume/${id}`),
    GatewayARN: arn('storagegateway', `gateway/${gateway}`),
    VolumeType,
    VolumeSizeInBytes: 2 ** 30,
  });
  const [one, two, three] = [
    volume('sgw-1', 'vol-1', 'CACHED iSCSI'),
    volume('sgw-2', 'vol-2', 'CACHED iSCSI'),
    volume('sgw-2', 'vol-3', 'STORED iSCSI'),
  ];
  gateways.on(ListVolumesCommand).resolvesOnce({ VolumeInfos: [one], Marker: 'more' });
  gateways.on(ListVolumesCommand, { Marker: 'more' }).resolves({ VolumeInfos: [two, three] });
  gateways.on(DescribeCachediSCSIVolumesCommand).callsFake(({ VolumeARNs }: { VolumeARNs: string[] }) => ({
    CachediSCSIVolumes: VolumeARNs.map((VolumeARN) => ({ VolumeARN, KMSKey: `key of ${VolumeARN.slice(-5)}` })),
  }));
  gateways.on(GatewayTags).resolves({ Tags: [] });
  const pages = await pagesOf('storage-gateway');
  expect(pages.flatMap(({ entries = [] }) => entries).map((entry) => [entry.arn, entry.encryptedWith])).toEqual([
    [one.VolumeARN, 'key of vol-1'],
    [two.VolumeARN, 'key of vol-2'],
    [three.VolumeARN, undefined],
  ]);
  gateways.restore();
});

test('machines come with their hypervisor and its gateways, from calls of Backup Gateway', async () => {
  const machine = (id: string) => arn('backup-gateway', `vm/${id}`);
  const asked: { readonly target: string; readonly scope: string; readonly host: string; readonly body: string }[] = [];
  const answers = [
    { VirtualMachines: [{ ResourceArn: machine('vm-1'), HypervisorId: 'hype-1' }], NextToken: 'more' },
    { VirtualMachines: [{ ResourceArn: machine('vm-2'), HypervisorId: 'hype-2' }, { ResourceArn: machine('vm-3') }] },
    { Gateways: ['hype-1', 'hype-1', 'hype-3'].map((HypervisorId) => ({ GatewayArn: 'bgw', HypervisorId })) },
  ];
  const requestHandler = {
    handle: (request: { headers: Record<string, string>; hostname: string; body: Uint8Array }) => {
      asked.push({
        target: request.headers['x-amz-target'] ?? '',
        scope: /Credential=[^,]*/.exec(request.headers['authorization'] ?? '')?.[0] ?? '',
        host: request.hostname,
        body: new TextDecoder().decode(request.body),
      });
      const body = Readable.from([Buffer.from(JSON.stringify(answers[asked.length - 1]))]);
      return Promise.resolve({ response: new HttpResponse({ statusCode: 200, headers: {}, body }) });
    },
  };
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const make = <C>(Class: new (config: never) => C, region: string) =>
    new Class({ region, maxAttempts: 1, requestHandler, credentials } as never);
  const source = SOURCES.find(({ name }) => name === 'virtual-machines');
  const page = await source?.page(new Reader({ ...outside, make: make as never }, 1000), HOME, undefined);
  expect(page?.entries).toEqual([
    { arn: machine('vm-1'), hypervisorId: 'hype-1', gatewayCount: 2 },
    { arn: machine('vm-2'), hypervisorId: 'hype-2' },
    { arn: machine('vm-3') },
  ]);
  expect(asked.map(({ target }) => target)).toEqual([
    'BackupOnPremises_v20210101.ListVirtualMachines',
    'BackupOnPremises_v20210101.ListVirtualMachines',
    'BackupOnPremises_v20210101.ListGateways',
  ]);
  expect(asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { MaxResults: 100 },
    { MaxResults: 100, NextToken: 'more' },
    { MaxResults: 100 },
  ]);
  expect(new Set(asked.map(({ host }) => host))).toEqual(new Set(['backup-gateway.us-east-1.amazonaws.com']));
  expect(asked[0]?.scope).toContain('/us-east-1/backup-gateway/aws4_request');
});

test('what a source says of a machine joins its tags, which others tell', () => {
  const machine = arn('backup-gateway', 'vm/vm-1');
  const page = (source: string, entry: object): KeptPage => ({
    source,
    region: 'us-east-1',
    entries: [{ arn: machine, ...entry }],
  });
  const pages = [page('virtual-machines', { hypervisorId: 'hype-1' }), page('tagged', { tags: { a: 'b' } })];
  expect(documentOf(pages, true).resources).toEqual([{ arn: machine, hypervisorId: 'hype-1', tags: { a: 'b' } }]);
});

test('machines that AWS Backup has backed up are resources, though no tag and no client tells them', async () => {
  const backups = mockClient(BackupClient);
  const machine = arn('backup-gateway', 'vm/vm-1');
  const results = [machine, arn('dynamodb', 'table/gone')].map((ResourceArn) => ({ ResourceArn }));
  backups.on(ListProtectedResourcesCommand).resolves({ Results: results });
  const kept = (await pagesOf('protected')).map((page): KeptPage => ({
    ...page,
    source: 'protected',
    region: 'us-east-1',
  }));
  expect(documentOf(kept, true).resources).toEqual([{ arn: machine }]);
  backups.restore();
});

test('an account that is in no organization has none, and nothing is amiss', async () => {
  const [organizations, backups] = [mockClient(OrganizationsClient), mockClient(BackupClient)];
  const none = Object.assign(new Error('none'), { name: 'AWSOrganizationsNotInUseException' });
  organizations.on(DescribeOrganizationCommand).rejects(none);
  organizations.on(ListPoliciesCommand).rejects(none);
  backups.on(DescribeGlobalSettingsCommand).rejects(none);
  expect(await pagesOf('organization')).toEqual([{}]);
  expect(await pagesOf('organization-policies')).toEqual([{}]);
  expect(await pagesOf('global-settings')).toEqual([{}]);
  const broken = Object.assign(new Error('broken'), { name: 'ServiceException' });
  organizations
    .on(DescribeOrganizationCommand)
    .resolves({ Organization: { Id: 'o-1', MasterAccountId: HOME.account } });
  organizations.on(ListRootsCommand).rejects(broken);
  await expect(pagesOf('organization')).rejects.toThrow('broken');
  [organizations, backups].forEach((mock) => mock.restore());
});

// prettier-ignore
test.each([
  ['every action',              { Action: '*' },                                    true],
  ['one of AWS Backup',         { Action: ['sqs:*', 'backup:DeleteRecoveryPoint'] }, true],
  ['of its storage',            { Action: 'backup-storage:MountCapsule' },          true],
  ['all but some',              { NotAction: ['iam:*'] },                           true],
  ['of other services alone',   { Action: ['sqs:*', 'ec2:CreateVolume'] },          false],
])('a policy bears on backups or not: %s', (_, statement, bears) => {
  expect(bearsOnBackups({ Statement: [{ Effect: 'Deny', Resource: '*', ...statement }] })).toBe(bears);
  expect(bearsOnBackups({ Statement: { Effect: 'Deny', Resource: '*', ...statement } })).toBe(bears);
});
