// Users and groups of stacks: who is a member, and what its group lets it do where policies decide.
import { BackupClient, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupsForUserCommand,
} from '@aws-sdk/client-iam';
import { World } from '@holdfast/engine';

const StackName = 'people';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
const document = (Effect: string, Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource: '*' }],
});
const TEAM = { Type: 'AWS::IAM::Group', Properties: { GroupName: 'team' } };
const ADA = { Type: 'AWS::IAM::User', Properties: { UserName: 'ada' } };
const ADDITION = {
  Type: 'AWS::IAM::UserToGroupAddition',
  Properties: { GroupName: { Ref: 'Team' }, Users: [{ Ref: 'Ada' }] },
};

/** A World whose policies decide, and a stack in it that is made, then changed. */
class Scene {
  private readonly world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  readonly iam = this.world.client(IAMClient);
  private readonly stacks = this.world.client(CloudFormationClient);
  private made = false;

  async bring(Resources: object): Promise<void> {
    const input = { StackName, Capabilities, TemplateBody: JSON.stringify({ Resources }) };
    await this.stacks.send(this.made ? new UpdateStackCommand(input) : new CreateStackCommand(input));
    this.made = true;
    const { Stacks } = await this.stacks.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]?.StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  }

  async take(): Promise<void> {
    await this.stacks.send(new DeleteStackCommand({ StackName }));
  }

  async list(): Promise<string> {
    const ada = this.world.client(BackupClient, { principal: 'arn:aws:iam::123456789012:user/ada' });
    return ada.send(new ListBackupVaultsCommand({})).then(
      () => 'allowed',
      (error: Error) => error.name,
    );
  }
}

// prettier-ignore
test.each<[string, object]>([
  ['in line of the group',                { Team: { ...TEAM, Properties: { ...TEAM.Properties, Policies: [{ PolicyName: 'read', PolicyDocument: document('Allow', 'backup:List*') }] } } }],
  ['managed by AWS, on the group',        { Team: { ...TEAM, Properties: { ...TEAM.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } } }],
  ['a resource for the group',            { Team: TEAM, Read: { Type: 'AWS::IAM::GroupPolicy', Properties: { GroupName: { Ref: 'Team' }, PolicyName: 'read', PolicyDocument: document('Allow', 'backup:List*') } } }],
  ['a resource for groups',               { Team: TEAM, Read: { Type: 'AWS::IAM::Policy', Properties: { Groups: [{ Ref: 'Team' }], PolicyName: 'read', PolicyDocument: document('Allow', 'backup:List*') } } }],
  ['managed by the customer, for groups', { Team: TEAM, Read: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Groups: [{ Ref: 'Team' }], PolicyDocument: document('Allow', 'backup:List*') } } }],
])('a policy %s lets members of the group, as long as they are', async (_, resources) => {
  const scene = new Scene();
  await scene.bring({ ...resources, Ada: ADA });
  expect(await scene.list()).toBe('AccessDeniedException');
  await scene.bring({ ...resources, Ada: ADA, Addition: ADDITION });
  expect(await scene.list()).toBe('allowed');
  await scene.bring({ ...resources, Ada: ADA });
  expect(await scene.list()).toBe('AccessDeniedException');
  await scene.bring({ ...resources, Ada: { ...ADA, Properties: { ...ADA.Properties, Groups: [{ Ref: 'Team' }] } } });
  expect(await scene.list()).toBe('allowed');
  await scene.take();
  await expect(scene.iam.send(new GetGroupCommand({ GroupName: 'team' }))).rejects.toThrow('cannot be found');
});

test('an addition moves with its group, and a policy with whom it is for', async () => {
  const scene = new Scene();
  const other = { Type: 'AWS::IAM::Group', Properties: { GroupName: 'other' } };
  const managed = (...Groups: object[]) => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: 'never', Groups, PolicyDocument: document('Deny', '*') },
  });
  const inline = (...Groups: object[]) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'in', Groups, PolicyDocument: document('Deny', '*') },
  });
  const [team, others] = [{ Ref: 'Team' }, { Ref: 'Other' }];
  const base = { Team: TEAM, Other: other, Ada: ADA };
  await scene.bring({ ...base, Addition: ADDITION, Never: managed(team), In: inline(team) });
  const moved = { ...ADDITION, Properties: { ...ADDITION.Properties, GroupName: others } };
  await scene.bring({ ...base, Addition: moved, Never: managed(others), In: inline(others) });
  const { Groups } = await scene.iam.send(new ListGroupsForUserCommand({ UserName: 'ada' }));
  expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['other']);
  const attached = async (GroupName: string) =>
    (await scene.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies?.length;
  expect([await attached('team'), await attached('other')]).toEqual([0, 1]);
  const get = (GroupName: string) => scene.iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName: 'in' }));
  expect((await get('other')).PolicyName).toBe('in');
  await expect(get('team')).rejects.toThrow('cannot be found');
});
