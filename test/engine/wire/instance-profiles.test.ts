// Instance profiles by the official client: one role in each, which an instance has by name or ARN.
import * as iam from '@aws-sdk/client-iam';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { World } from '@holdfast/engine';

const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  });

async function refused(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'allowed',
    (error: Error) => error.name,
  );
}

test('a profile carries one role into an instance; neither goes while it is in there', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const client = world.client(iam.IAMClient);
  for (const RoleName of ['web', 'other']) {
    await client.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') }));
  }
  const InstanceProfileName = 'web-profile';
  const made = await client.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName, Path: '/team/' }));
  const Arn = 'arn:aws:iam::123456789012:instance-profile/team/web-profile';
  expect(made.InstanceProfile).toMatchObject({ Arn, Roles: [] });
  expect(await refused(client.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName })))).toBe(
    'EntityAlreadyExistsException',
  );
  const add = (RoleName: string) =>
    client.send(new iam.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  await add('web');
  expect(await refused(add('other'))).toBe('LimitExceededException');
  const read = await client.send(new iam.GetInstanceProfileCommand({ InstanceProfileName }));
  expect(read.InstanceProfile?.Roles).toMatchObject([{ RoleName: 'web' }]);
  const of = await client.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName: 'web' }));
  expect(of.InstanceProfiles).toMatchObject([{ Arn }]);
  const under = async (PathPrefix: string) =>
    (await client.send(new iam.ListInstanceProfilesCommand({ PathPrefix }))).InstanceProfiles?.length;
  expect([await under('/team/'), await under('/else/')]).toEqual([1, 0]);

  const launch = { ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1 };
  const run = (Name: string) =>
    world.client(EC2Client).send(new RunInstancesCommand({ ...launch, IamInstanceProfile: { Name } }));
  expect((await run(InstanceProfileName)).Instances?.[0]?.IamInstanceProfile).toMatchObject({ Arn });
  expect(await refused(run('none'))).toBe('InvalidParameterValue');

  await client.send(new iam.TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: 'a', Value: 'b' }] }));
  const tags = async () => (await client.send(new iam.ListInstanceProfileTagsCommand({ InstanceProfileName }))).Tags;
  expect(await tags()).toEqual([{ Key: 'a', Value: 'b' }]);
  await client.send(new iam.UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ['a'] }));
  expect(await tags()).toEqual([]);

  const remove = () => refused(client.send(new iam.DeleteInstanceProfileCommand({ InstanceProfileName })));
  expect(await remove()).toBe('DeleteConflictException');
  expect(await refused(client.send(new iam.DeleteRoleCommand({ RoleName: 'web' })))).toBe('DeleteConflictException');
  const out = (RoleName: string) =>
    refused(client.send(new iam.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })));
  expect([await out('other'), await out('web')]).toEqual(['NoSuchEntityException', 'allowed']);
  expect([await remove(), await remove()]).toEqual(['allowed', 'NoSuchEntityException']);
  expect(await refused(client.send(new iam.DeleteRoleCommand({ RoleName: 'web' })))).toBe('allowed');
});
