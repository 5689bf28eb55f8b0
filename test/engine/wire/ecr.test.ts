// Repositories of ECR through the official client, in process.
import * as ecr from '@aws-sdk/client-ecr';
import { ECRClient } from '@aws-sdk/client-ecr';
import { World } from '@holdfast/engine';

const repositoryName = 'team/images';
const resourceArn = `arn:aws:ecr:us-east-1:123456789012:repository/${repositoryName}`;

let world: World;
let client: ECRClient;

beforeEach(async () => {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  client = world.client(ECRClient);
  const tags = [{ Key: 'a', Value: '1' }];
  await client.send(new ecr.CreateRepositoryCommand({ repositoryName, tags }));
});

function refused(send: Promise<unknown>, name: string): Promise<void> {
  return expect(send).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
}

async function described(): Promise<ecr.Repository | undefined> {
  const { repositories } = await client.send(
    new ecr.DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
  );
  return repositories?.[0];
}

test('a repository is made once, found where it is, and deleted', async () => {
  expect(await described()).toEqual({
    repositoryArn: resourceArn,
    registryId: '123456789012',
    repositoryName,
    repositoryUri: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repositoryName}`,
    createdAt: new Date('2027-01-01T00:00:00Z'),
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
  });
  await refused(client.send(new ecr.CreateRepositoryCommand({ repositoryName })), 'RepositoryAlreadyExistsException');
  const elsewhere = world.client(ECRClient, { region: 'eu-west-1' });
  const found = new ecr.DescribeRepositoriesCommand({ repositoryNames: [repositoryName] });
  await refused(elsewhere.send(found), 'RepositoryNotFoundException');
  await client.send(new ecr.CreateRepositoryCommand({ repositoryName: 'more' }));
  const first = await client.send(new ecr.DescribeRepositoriesCommand({ maxResults: 1 }));
  const { nextToken } = first;
  const second = await client.send(new ecr.DescribeRepositoriesCommand({ nextToken }));
  expect([first, second].map(({ repositories }) => repositories?.[0]?.repositoryName)).toEqual([
    'more',
    repositoryName,
  ]);
  await client.send(new ecr.DeleteRepositoryCommand({ repositoryName }));
  await refused(described(), 'RepositoryNotFoundException');
});

// prettier-ignore
test.each([
  ['a', false], ['ab', true], ['a'.repeat(256), true], ['a'.repeat(257), false], ['Team/a', false], ['a//b', false], ['a/b_c.d-e', true],
])('a repository may be called %j: %s', async (name, may) => {
  const made = client.send(new ecr.CreateRepositoryCommand({ repositoryName: name }));
  await (may ? made : refused(made, 'InvalidParameterException'));
});

test('its policies are put, read and deleted', async () => {
  const [policyText, lifecyclePolicyText] = ['{"Statement":[]}', '{"rules":[]}'];
  const policy = () => client.send(new ecr.GetRepositoryPolicyCommand({ repositoryName }));
  const lifecycle = () => client.send(new ecr.GetLifecyclePolicyCommand({ repositoryName }));
  await refused(policy(), 'RepositoryPolicyNotFoundException');
  await refused(lifecycle(), 'LifecyclePolicyNotFoundException');
  await client.send(new ecr.SetRepositoryPolicyCommand({ repositoryName, policyText }));
  await client.send(new ecr.PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  expect(await policy()).toMatchObject({ policyText });
  expect(await lifecycle()).toMatchObject({ lifecyclePolicyText });
  const bad = { repositoryName, policyText: '{' };
  await refused(client.send(new ecr.SetRepositoryPolicyCommand(bad)), 'InvalidParameterException');
  await client.send(new ecr.DeleteRepositoryPolicyCommand({ repositoryName }));
  await client.send(new ecr.DeleteLifecyclePolicyCommand({ repositoryName }));
  await refused(policy(), 'RepositoryPolicyNotFoundException');
  await refused(lifecycle(), 'LifecyclePolicyNotFoundException');
});

test('tags and settings change', async () => {
  const tags = async () => (await client.send(new ecr.ListTagsForResourceCommand({ resourceArn }))).tags;
  await client.send(new ecr.TagResourceCommand({ resourceArn, tags: [{ Key: 'b', Value: '2' }] }));
  expect(await tags()).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ]);
  await client.send(new ecr.UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
  expect(await tags()).toEqual([{ Key: 'b', Value: '2' }]);
  const imageScanningConfiguration = { scanOnPush: true };
  await client.send(new ecr.PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }));
  await client.send(new ecr.PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
  expect(await described()).toMatchObject({ imageTagMutability: 'IMMUTABLE', imageScanningConfiguration });
});

test('it has no images and takes none, though there is a token for docker', async () => {
  expect((await client.send(new ecr.DescribeImagesCommand({ repositoryName }))).imageDetails).toEqual([]);
  const asked = new ecr.DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'x' }] });
  await refused(client.send(asked), 'ImageNotFoundException');
  await refused(client.send(new ecr.InitiateLayerUploadCommand({ repositoryName })), 'NotEmulated');
  const { authorizationData } = await client.send(new ecr.GetAuthorizationTokenCommand({}));
  expect(authorizationData).toMatchObject([
    {
      expiresAt: new Date('2027-01-01T12:00:00Z'),
      proxyEndpoint: 'https://123456789012.dkr.ecr.us-east-1.amazonaws.com',
    },
  ]);
  expect(Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString()).toMatch(/^AWS:.+/);
});
