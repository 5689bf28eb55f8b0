// What stacks may do where policies decide: what their caller may, or what the role may that they were given.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const ACCOUNT = '111111111111';
const REGION = 'eu-central-1';
const StackName = 'team';
const ROOT = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };

let front: HttpFront;

beforeEach(async () => {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  const more = { enforceIam: true, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' };
  front = await HttpFront.open(new ServedWorld({ env, ...more }));
});

afterEach(() => front.close());

type Statement = readonly [effect: 'Allow' | 'Deny', actions: readonly string[], resource?: string];

const policy = (statements: readonly Statement[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Action, Resource = '*']) => ({ Effect, Action, Resource })),
  });

const iam = () => new IAMClient({ endpoint: front.url, region: REGION, credentials: ROOT });

/** Keys of a new user who may do so much. */
async function user(statements: readonly Statement[]) {
  const UserName = 'deployer';
  await iam().send(new CreateUserCommand({ UserName }));
  await iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: policy(statements) }));
  const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

/** ARN of a role of CloudFormation's that may do so much. */
async function role(statements: readonly Statement[]): Promise<string> {
  const trust = { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam().send(new CreateRoleCommand({ RoleName: 'exec', AssumeRolePolicyDocument }));
  const PolicyDocument = policy(statements);
  await iam().send(new PutRolePolicyCommand({ RoleName: 'exec', PolicyName: 'own', PolicyDocument }));
  return Role?.Arn ?? '';
}

const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault' } };
const TemplateBody = JSON.stringify({ Resources: { Vault: VAULT } });

const CFN: Statement = ['Allow', ['cloudformation:*']];
const PASS: Statement = ['Allow', ['iam:PassRole'], `arn:aws:iam::${ACCOUNT}:role/exec`];
const VAULTS: Statement = ['Allow', ['backup:*']];
const vault = (name: string) => `arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:${name}`;

// prettier-ignore
test.each<[string, readonly Statement[], readonly Statement[] | undefined, string]>([
  ['the caller may make vaults',                       [CFN, VAULTS],                                          undefined,  'CREATE_COMPLETE'],
  ['the caller may make stacks alone',                 [CFN],                                                  undefined,  'ROLLBACK_COMPLETE'],
  ['the caller may make this vault',                   [CFN, ['Allow', ['backup:*'], vault('vault')]],         undefined,  'CREATE_COMPLETE'],
  ['the caller may make another vault',                [CFN, ['Allow', ['backup:*'], vault('other')]],         undefined,  'ROLLBACK_COMPLETE'],
  ['the caller is denied to make vaults',              [CFN, VAULTS, ['Deny', ['backup:CreateBackupVault']]],  undefined,  'ROLLBACK_COMPLETE'],
  ['the caller may not, and the role may make vaults', [CFN, PASS],                                            [VAULTS],   'CREATE_COMPLETE'],
  ['the caller may, and the role may not make vaults', [CFN, PASS, VAULTS],                                    [],         'ROLLBACK_COMPLETE'],
  ['the caller may not pass the role',                 [CFN, VAULTS],                                          [VAULTS],   'AccessDenied'],
])('where %s, a stack with a vault ends so', async (_what, own, ofRole, expected) => {
  const credentials = await user(own);
  const RoleARN = ofRole === undefined ? undefined : await role(ofRole.length === 0 ? [CFN] : ofRole);
  const client = new CloudFormationClient({ endpoint: front.url, region: REGION, credentials });
  const made = client.send(new CreateStackCommand({ StackName, TemplateBody, RoleARN }));
  if (expected === 'AccessDenied') {
    await expect(made).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) as string });
    return;
  }
  await made;
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe(expected);
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const why = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
  if (expected === 'CREATE_COMPLETE') {
    expect(why).toBeUndefined();
  } else {
    expect(why).toMatch(/not authorized to perform: backup:CreateBackupVault.*HandlerErrorCode: AccessDenied/);
  }
});

test('a stack keeps the role that it was given, for whoever changes and deletes it', async () => {
  const credentials = await user([CFN, PASS]);
  const RoleARN = await role([VAULTS, ['Deny', ['backup:DeleteBackupVault']]]);
  const client = new CloudFormationClient({ endpoint: front.url, region: REGION, credentials });
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody, RoleARN }));
  const changed = { ...VAULT, Properties: { ...VAULT.Properties, BackupVaultTags: { team: 'shop' } } };
  const body = JSON.stringify({ Resources: { Vault: changed } });
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: body }));
  const status = async () =>
    (await client.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks?.[0]?.StackStatus;
  expect(await status()).toBe('UPDATE_COMPLETE');
  await client.send(new DeleteStackCommand({ StackName }));
  expect(await status()).toBe('DELETE_FAILED');
  await new IAMClient({ endpoint: front.url, region: REGION, credentials: ROOT }).send(
    new PutRolePolicyCommand({ RoleName: 'exec', PolicyName: 'own', PolicyDocument: policy([VAULTS]) }),
  );
  await client.send(new DeleteStackCommand({ StackName }));
  expect(await status()).toBe('DELETE_COMPLETE');
});

test('a secret is one ARN to policies, by whatever name it is asked for, and has a policy of its own', async () => {
  const arn = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-*`;
  const credentials = await user([['Allow', ['secretsmanager:GetSecretValue'], arn]]);
  const of = (keys: typeof ROOT) =>
    new SecretsManagerClient({ endpoint: front.url, region: REGION, credentials: keys });
  for (const Name of ['db', 'other']) {
    await of(ROOT).send(new CreateSecretCommand({ Name, SecretString: 'value' }));
  }
  const read = (SecretId: string) =>
    of(credentials)
      .send(new GetSecretValueCommand({ SecretId }))
      .then(
        ({ SecretString }) => SecretString,
        ({ name }: Error) => name,
      );
  expect([await read('db'), await read('other')]).toEqual(['value', 'AccessDeniedException']);
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }];
  const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement });
  await of(ROOT).send(new PutResourcePolicyCommand({ SecretId: 'db', ResourcePolicy }));
  expect(await read('db')).toBe('AccessDeniedException');
});

// prettier-ignore
test.each([
  ['team-*',  'CREATE_COMPLETE'],
  ['other-*', 'ROLLBACK_COMPLETE'],
])('whoever may make the roles %s makes a stack with a role and its policy, which ends so', async (names, expected) => {
  const actions = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePolicy'];
  const credentials = await user([CFN, ['Allow', actions, `arn:aws:iam::${ACCOUNT}:role/${names}`]]);
  const trust = [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust } },
  };
  const PolicyDocument = JSON.parse(policy([VAULTS])) as object;
  const Policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument, Roles: [{ Ref: 'Role' }] } };
  const client = new CloudFormationClient({ endpoint: front.url, region: REGION, credentials });
  const body = JSON.stringify({ Resources: { Role, Policy } });
  const Capabilities = ['CAPABILITY_IAM' as const];
  await client.send(new CreateStackCommand({ StackName, TemplateBody: body, Capabilities }));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe(expected);
});
