/** Groups of IAM by the official client: what they are, who is in them, and what their policies do to their members. */
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DetachGroupPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import { World } from '../../../engine/src/testing/world';

const ACCOUNT = '123456789012';
const GroupName = 'operators';
const UserName = 'ada';
const ADA = `arn:aws:iam::${ACCOUNT}:user/${UserName}`;
const GROUP = `arn:aws:iam::${ACCOUNT}:group/staff/${GroupName}`;
const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/kit`;

const document = (Effect: string, Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, Resource } });

async function staged(enforceIam = false) {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam });
  const iam = world.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new CreateGroupCommand({ GroupName, Path: '/staff/' }));
  return { world, iam, ada: world.client(BackupClient, { principal: ADA }) };
}

test('a group has an ARN with its path, and its members, and is listed by account, by path and by user', async () => {
  const { iam } = await staged();
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  const { Group, Users } = await iam.send(new GetGroupCommand({ GroupName }));
  expect(Group).toMatchObject({
    Arn: GROUP,
    Path: '/staff/',
    GroupName,
    GroupId: expect.stringMatching(/^AGPA\w{17}$/),
  });
  expect(Users?.map(({ Arn }) => Arn)).toEqual([ADA]);
  const names = (groups: { GroupName: string | undefined }[] = []) => groups.map((group) => group.GroupName);
  await iam.send(new CreateGroupCommand({ GroupName: 'others' }));
  expect(names((await iam.send(new ListGroupsCommand({}))).Groups)).toEqual(['others', GroupName]);
  expect(names((await iam.send(new ListGroupsCommand({ PathPrefix: '/staff/' }))).Groups)).toEqual([GroupName]);
  expect(names((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups)).toEqual([GroupName]);
  await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
  expect((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups).toEqual([]);
});

test('its policies are read back, inline ones and attached ones, and those of the account count it among who has them', async () => {
  const { iam } = await staged();
  const PolicyName = 'own';
  const PolicyDocument = document('Allow', 'backup:List*');
  await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument }));
  await iam.send(new CreatePolicyCommand({ PolicyName: 'kit', PolicyDocument }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  const own = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
  expect(decodeURIComponent(own.PolicyDocument ?? '')).toBe(PolicyDocument);
  expect((await iam.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames).toEqual([PolicyName]);
  const attached = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
  expect(attached.AttachedPolicies).toEqual([{ PolicyArn, PolicyName: 'kit' }]);
  const { PolicyGroups } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(PolicyGroups?.map((group) => group.GroupName)).toEqual([GroupName]);
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName }));
  await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  expect((await iam.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames).toEqual([]);
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
});

test('fails on what is not there, is there already, or is still in use', async () => {
  const { iam } = await staged();
  const none = { GroupName: 'none' };
  await expect(iam.send(new GetGroupCommand(none))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  await expect(iam.send(new CreateGroupCommand({ GroupName }))).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: `Group with name ${GroupName} already exists.`,
  });
  const leaving = new RemoveUserFromGroupCommand({ GroupName, UserName });
  await expect(iam.send(leaving)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  const conflict = { name: 'DeleteConflictException' };
  await expect(iam.send(new DeleteGroupCommand({ GroupName }))).rejects.toMatchObject(conflict);
  await expect(iam.send(new DeleteUserCommand({ UserName }))).rejects.toMatchObject(conflict);
  await iam.send(leaving);
  await iam.send(new DeleteUserCommand({ UserName }));
  await iam.send(new DeleteGroupCommand({ GroupName }));
  await expect(iam.send(new GetGroupCommand({ GroupName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('a user is in ten groups, and fails to get into an eleventh', async () => {
  const { iam } = await staged();
  for (let number = 1; number <= 11; number++) {
    const added = { GroupName: `group-${number}`, UserName };
    await iam.send(new CreateGroupCommand({ GroupName: added.GroupName }));
    const joins = iam.send(new AddUserToGroupCommand(added));
    await (number <= 10 ? joins : expect(joins).rejects.toMatchObject({ name: 'LimitExceededException' }));
  }
});

describe('where policies decide', () => {
  const lists = new ListBackupVaultsCommand({});
  const denied = { name: 'AccessDeniedException' };

  test('a member may what its group may, inline or attached, until it leaves or the policy does', async () => {
    const { iam, ada } = await staged(true);
    const PolicyDocument = document('Allow', 'backup:ListBackupVaults');
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'own', PolicyDocument }));
    await expect(ada.send(lists)).rejects.toMatchObject(denied);
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    await ada.send(lists);
    await iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName: 'own' }));
    await expect(ada.send(lists)).rejects.toMatchObject(denied);
    await iam.send(new CreatePolicyCommand({ PolicyName: 'kit', PolicyDocument }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    await ada.send(lists);
    await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
    await expect(ada.send(lists)).rejects.toMatchObject(denied);
  });

  test('a Deny of a group binds its members, whatever they may themselves', async () => {
    const { iam, ada } = await staged(true);
    const own = { UserName, PolicyName: 'own', PolicyDocument: document('Allow', '*') };
    await iam.send(new PutUserPolicyCommand(own));
    await ada.send(new CreateBackupVaultCommand({ BackupVaultName: 'one' }));
    const never = { GroupName, PolicyName: 'never', PolicyDocument: document('Deny', 'backup:CreateBackupVault') };
    await iam.send(new PutGroupPolicyCommand(never));
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    await ada.send(lists);
    await expect(ada.send(new CreateBackupVaultCommand({ BackupVaultName: 'two' }))).rejects.toMatchObject({
      ...denied,
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
  });

  test('who joins a group is a matter of the group', async () => {
    const { world, iam } = await staged(true);
    const policy = (resource: string) => document('Allow', 'iam:AddUserToGroup', resource);
    const joins = () =>
      world.client(IAMClient, { principal: ADA }).send(new AddUserToGroupCommand({ GroupName, UserName }));
    const put = (resource: string) =>
      iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: policy(resource) }));
    await put(ADA);
    await expect(joins()).rejects.toThrow(`iam:AddUserToGroup on resource: ${GROUP}`);
    await put(GROUP);
    await joins();
  });
});
