// What programs that deploy ask of IAM, KMS and Organizations beside making things: reading back, tags, changes, ends.
import * as backup from '@aws-sdk/client-backup';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as org from '@aws-sdk/client-organizations';
import { World } from '@holdfast/engine';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policy = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const ACCOUNT = '123456789012';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

/** The exception that a call ends with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => error.name,
  );
}

test('a role shows what was changed of it, and its tags come and go', async () => {
  const client = world().client(iam.IAMClient);
  const RoleName = 'backup';
  await client.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, Description: 'old' }));
  await client.send(new iam.UpdateRoleDescriptionCommand({ RoleName, Description: 'new' }));
  await client.send(new iam.UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
  await client.send(
    new iam.TagRoleCommand({
      RoleName,
      Tags: [
        { Key: 'stage', Value: 'prod' },
        { Key: 'owner', Value: 'ops' },
      ],
    }),
  );
  await client.send(new iam.UntagRoleCommand({ RoleName, TagKeys: ['stage', 'none'] }));
  const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
  expect(Role).toMatchObject({ Description: 'new', MaxSessionDuration: 7200, Tags: [{ Key: 'owner', Value: 'ops' }] });
  const { Tags } = await client.send(new iam.ListRoleTagsCommand({ RoleName }));
  expect(Tags).toEqual([{ Key: 'owner', Value: 'ops' }]);
  const { InstanceProfiles } = await client.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName }));
  expect(InstanceProfiles).toEqual([]);
  const gone = client.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName: 'none' }));
  await expect(refusal(gone)).resolves.toBe('NoSuchEntityException');
});

test('a managed policy has versions: the default one stays, any other can go or become it', async () => {
  const client = world().client(iam.IAMClient);
  const made = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: 'keys', PolicyDocument: policy('kms:Decrypt'), Description: 'of keys' }),
  );
  const PolicyArn = made.Policy?.Arn;
  await client.send(new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy('kms:Encrypt') }));
  const first = new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' });
  await expect(refusal(client.send(first))).resolves.toBe('DeleteConflictException');
  await client.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  await client.send(first);
  const { Versions } = await client.send(new iam.ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions).toMatchObject([{ VersionId: 'v2', IsDefaultVersion: true }]);
  await expect(refusal(client.send(first))).resolves.toBe('NoSuchEntityException');
  const missing = client.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  await expect(refusal(missing)).resolves.toBe('NoSuchEntityException');
  await client.send(new iam.TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'owner', Value: 'ops' }] }));
  const tagged = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
  expect(tagged.Policy).toMatchObject({ Description: 'of keys', Tags: [{ Key: 'owner', Value: 'ops' }] });
  await client.send(new iam.UntagPolicyCommand({ PolicyArn, TagKeys: ['owner'] }));
  expect((await client.send(new iam.GetPolicyCommand({ PolicyArn }))).Policy?.Tags).toEqual([]);
});

test('policies that AWS manages are found by ARN and in the list, and are not for an account to change', async () => {
  const client = world().client(iam.IAMClient);
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
  const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
  expect(Policy).toMatchObject({ PolicyName: 'AWSBackupServiceRolePolicyForBackup', Path: '/service-role/' });
  const VersionId = Policy?.DefaultVersionId;
  const version = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId }));
  expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toContain('"Statement"');
  await client.send(new iam.CreatePolicyCommand({ PolicyName: 'keys', PolicyDocument: policy('kms:Decrypt') }));
  await client.send(new iam.CreateRoleCommand({ RoleName: 'backup', AssumeRolePolicyDocument: TRUST }));
  await client.send(new iam.AttachRolePolicyCommand({ RoleName: 'backup', PolicyArn }));
  const names = async (input: iam.ListPoliciesCommandInput) =>
    (await client.send(new iam.ListPoliciesCommand(input))).Policies?.map((one) => one.PolicyName);
  expect(await names({ Scope: 'Local' })).toEqual(['keys']);
  expect(await names({ OnlyAttached: true })).toEqual(['AWSBackupServiceRolePolicyForBackup']);
  expect(await names({ Scope: 'AWS', PathPrefix: '/service-role/' })).not.toContain('AdministratorAccess');
  expect(await names({ Scope: 'AWS' })).toContain('AdministratorAccess');
  const entities = await client.send(new iam.ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(entities.PolicyRoles).toMatchObject([{ RoleName: 'backup' }]);
  await expect(refusal(client.send(new iam.DeletePolicyCommand({ PolicyArn })))).resolves.toBe('NoSuchEntityException');
});

test('a user shows its policies and tags; it is in no group', async () => {
  const client = world().client(iam.IAMClient);
  const UserName = 'operator';
  await client.send(new iam.CreateUserCommand({ UserName }));
  await client.send(new iam.TagUserCommand({ UserName, Tags: [{ Key: 'owner', Value: 'ops' }] }));
  await client.send(new iam.UntagUserCommand({ UserName, TagKeys: ['owner'] }));
  const inline = { UserName, PolicyName: 'inline', PolicyDocument: policy('backup:List*') };
  await client.send(new iam.PutUserPolicyCommand(inline));
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSBackupFullAccess';
  await client.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn }));
  const attached = await client.send(new iam.ListAttachedUserPoliciesCommand({ UserName }));
  expect(attached.AttachedPolicies).toEqual([{ PolicyArn, PolicyName: 'AWSBackupFullAccess' }]);
  expect((await client.send(new iam.ListUserPoliciesCommand({ UserName }))).PolicyNames).toEqual(['inline']);
  const read = await client.send(new iam.GetUserPolicyCommand({ UserName, PolicyName: 'inline' }));
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(inline.PolicyDocument);
  expect((await client.send(new iam.ListGroupsForUserCommand({ UserName }))).Groups).toEqual([]);
});

test('a service-linked role has the name of its service, is made once, stays while a vault needs it, and only its own call deletes it', async () => {
  const stage = world();
  const client = stage.client(iam.IAMClient);
  const make = (AWSServiceName: string, CustomSuffix?: string) =>
    client.send(new iam.CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix }));
  const { Role } = await make('backup.amazonaws.com');
  expect(Role).toMatchObject({
    RoleName: 'AWSServiceRoleForBackup',
    Arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
  });
  await expect(refusal(make('backup.amazonaws.com'))).resolves.toBe('InvalidInputException');
  const other = await make('autoscaling.amazonaws.com', 'blue');
  expect(other.Role?.RoleName).toBe('AWSServiceRoleForAutoscaling_blue');
  const RoleName = 'AWSServiceRoleForBackup';
  await expect(refusal(client.send(new iam.DeleteRoleCommand({ RoleName })))).resolves.toBe(
    'UnmodifiableEntityException',
  );
  const backups = stage.client(backup.BackupClient);
  const BackupVaultName = 'main';
  const { BackupVaultArn } = await backups.send(new backup.CreateBackupVaultCommand({ BackupVaultName }));
  const kept = await client.send(new iam.DeleteServiceLinkedRoleCommand({ RoleName }));
  const failed = await client.send(
    new iam.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId: kept.DeletionTaskId }),
  );
  expect(failed).toMatchObject({
    Status: 'FAILED',
    Reason: { RoleUsageList: [{ Region: 'us-east-1', Resources: [BackupVaultArn] }] },
  });
  await client.send(new iam.GetRoleCommand({ RoleName }));
  await backups.send(new backup.DeleteBackupVaultCommand({ BackupVaultName }));
  const { DeletionTaskId } = await client.send(new iam.DeleteServiceLinkedRoleCommand({ RoleName }));
  const status = await client.send(new iam.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
  expect(status.Status).toBe('SUCCEEDED');
  await expect(refusal(client.send(new iam.GetRoleCommand({ RoleName })))).resolves.toBe('NoSuchEntityException');
  const unknown = client.send(new iam.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId: 'task/1' }));
  await expect(refusal(unknown)).resolves.toBe('NoSuchEntityException');
});

test('a key rotates from when it was told to, every year or as often as was said; its tags and words change', async () => {
  const client = world().client(kms.KMSClient);
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Description: 'old' }));
  const KeyId = KeyMetadata?.KeyId;
  const rotation = () => client.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
  expect((await rotation()).KeyRotationEnabled).toBe(false);
  const days = (RotationPeriodInDays: number) =>
    client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays }));
  await expect(refusal(days(89))).resolves.toBe('ValidationException');
  await expect(refusal(days(2561))).resolves.toBe('ValidationException');
  await days(90);
  expect(await rotation()).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 90,
    NextRotationDate: new Date('2027-04-01T00:00:00Z'),
  });
  await client.send(new kms.DisableKeyRotationCommand({ KeyId }));
  expect((await rotation()).KeyRotationEnabled).toBe(false);
  await client.send(new kms.UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
  expect((await client.send(new kms.DescribeKeyCommand({ KeyId }))).KeyMetadata?.Description).toBe('new');
  await client.send(
    new kms.TagResourceCommand({
      KeyId,
      Tags: [
        { TagKey: 'a', TagValue: '1' },
        { TagKey: 'b', TagValue: '2' },
      ],
    }),
  );
  await client.send(new kms.UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
  const { Tags } = await client.send(new kms.ListResourceTagsCommand({ KeyId }));
  expect(Tags).toEqual([{ TagKey: 'b', TagValue: '2' }]);
  const signs = await client.send(new kms.CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  const wrong = new kms.EnableKeyRotationCommand({ KeyId: signs.KeyMetadata?.KeyId });
  await expect(refusal(client.send(wrong))).resolves.toBe('UnsupportedOperationException');
});

test('units are renamed and deleted when they are empty, an organization when nothing is left in it', async () => {
  const client = world().client(org.OrganizationsClient);
  await client.send(new org.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const ParentId = (await client.send(new org.ListRootsCommand())).Roots?.[0]?.Id;
  const made = await client.send(new org.CreateOrganizationalUnitCommand({ ParentId, Name: 'apps' }));
  const OrganizationalUnitId = made.OrganizationalUnit?.Id;
  const inner = await client.send(
    new org.CreateOrganizationalUnitCommand({ ParentId: OrganizationalUnitId, Name: 'in' }),
  );
  await client.send(new org.CreateOrganizationalUnitCommand({ ParentId, Name: 'taken' }));
  const rename = (Name: string) => client.send(new org.UpdateOrganizationalUnitCommand({ OrganizationalUnitId, Name }));
  await expect(refusal(rename('taken'))).resolves.toBe('DuplicateOrganizationalUnitException');
  await rename('workloads');
  const described = await client.send(new org.DescribeOrganizationalUnitCommand({ OrganizationalUnitId }));
  expect(described.OrganizationalUnit?.Name).toBe('workloads');
  const children = await client.send(new org.ListChildrenCommand({ ParentId, ChildType: 'ORGANIZATIONAL_UNIT' }));
  expect(children.Children).toHaveLength(2);
  const remove = (id: string | undefined) =>
    client.send(new org.DeleteOrganizationalUnitCommand({ OrganizationalUnitId: id }));
  await expect(refusal(remove(OrganizationalUnitId))).resolves.toBe('OrganizationalUnitNotEmptyException');
  await remove(inner.OrganizationalUnit?.Id);
  await remove(OrganizationalUnitId);
  await expect(refusal(remove(OrganizationalUnitId))).resolves.toBe('OrganizationalUnitNotFoundException');
  const account = await client.send(new org.DescribeAccountCommand({ AccountId: ACCOUNT }));
  expect(account.Account?.Id).toBe(ACCOUNT);
  const dissolve = () => client.send(new org.DeleteOrganizationCommand({}));
  await expect(refusal(dissolve())).resolves.toBe('OrganizationNotEmptyException');
  await remove(children.Children?.find(({ Id }) => Id !== OrganizationalUnitId)?.Id);
  await dissolve();
  await expect(refusal(client.send(new org.DescribeOrganizationCommand()))).resolves.toBe(
    'AWSOrganizationsNotInUseException',
  );
});

test('an organization keeps a resource policy, tags of what it has, and who administers which service', async () => {
  const client = world().client(org.OrganizationsClient);
  await client.send(new org.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const read = () => client.send(new org.DescribeResourcePolicyCommand());
  await expect(refusal(read())).resolves.toBe('ResourcePolicyNotFoundException');
  const Content = policy('organizations:DescribeOrganization');
  const Tags = [{ Key: 'owner', Value: 'ops' }];
  const { ResourcePolicy } = await client.send(new org.PutResourcePolicyCommand({ Content, Tags }));
  const ResourceId = ResourcePolicy?.ResourcePolicySummary?.Id;
  expect(ResourceId).toMatch(/^rp-[0-9a-f]{8}$/);
  expect((await read()).ResourcePolicy?.Content).toBe(Content);
  const tags = async () => (await client.send(new org.ListTagsForResourceCommand({ ResourceId }))).Tags;
  await client.send(new org.TagResourceCommand({ ResourceId, Tags: [{ Key: 'stage', Value: 'prod' }] }));
  await client.send(new org.UntagResourceCommand({ ResourceId, TagKeys: ['owner'] }));
  expect(await tags()).toEqual([{ Key: 'stage', Value: 'prod' }]);
  await client.send(new org.DeleteResourcePolicyCommand({}));
  await expect(refusal(tags())).resolves.toBe('TargetNotFoundException');
  const created = await client.send(new org.CreateAccountCommand({ AccountName: 'b', Email: 'b@example.com' }));
  const AccountId = created.CreateAccountStatus?.AccountId;
  const status = (CreateAccountRequestId: string | undefined) =>
    client.send(new org.DescribeCreateAccountStatusCommand({ CreateAccountRequestId }));
  expect((await status(created.CreateAccountStatus?.Id)).CreateAccountStatus?.AccountId).toBe(AccountId);
  await expect(refusal(status(`car-${ACCOUNT}`))).resolves.toBe('CreateAccountStatusNotFoundException');
  const services = () => client.send(new org.ListDelegatedServicesForAccountCommand({ AccountId }));
  await expect(refusal(services())).resolves.toBe('AccountNotRegisteredException');
  const ServicePrincipal = 'backup.amazonaws.com';
  await client.send(new org.EnableAWSServiceAccessCommand({ ServicePrincipal }));
  await client.send(new org.RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
  expect((await services()).DelegatedServices).toEqual([{ ServicePrincipal }]);
});
