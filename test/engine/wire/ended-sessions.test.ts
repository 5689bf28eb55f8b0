// Keys of sessions whose role or user is gone, at a served World that verifies signatures.
import { BackupClient, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const ACCOUNT = '111111111111';
const ENV = { partition: 'aws', account: ACCOUNT, region: 'eu-central-1' };
const RoleName = 'leaving';
const UserName = 'leaver';
const ALLOW = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' };
const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: ALLOW });
const ROOT = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };

let front: HttpFront;

beforeAll(async () => {
  const start = Date.UTC(2027, 0, 1);
  front = await HttpFront.open(new ServedWorld({ env: ENV, start, seed: 1, version: '0', enforceIam: true }));
});

afterAll(() => front.close());

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

function client<C>(Client: new (config: never) => C, credentials: Keys): C {
  const config = { region: ENV.region, endpoint: front.url, credentials, maxAttempts: 1 };
  return new Client(config as never);
}

function keysOf(given: Credentials | undefined): Keys {
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken,
  };
}

/** What calls with keys come to, in two protocols. */
async function said(keys: Keys): Promise<string[]> {
  const name = async (call: Promise<unknown>) =>
    call.then(
      () => 'fine',
      (error: Error) => error.name,
    );
  return [
    await name(client(STSClient, keys).send(new GetCallerIdentityCommand({}))),
    await name(client(BackupClient, keys).send(new ListBackupVaultsCommand({}))),
  ];
}

const UNKNOWN = ['InvalidClientTokenId', 'UnrecognizedClientException'];

test("the keys of a session are nobody's once its role is deleted, also when there is another of the name", async () => {
  const iam = client(IAMClient, ROOT);
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:GetSessionToken', Resource: '*' },
  });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const own = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: AssumeRolePolicyDocument.replace(
        `"${ACCOUNT}"`,
        `"arn:aws:iam::${ACCOUNT}:user/${UserName}"`,
      ),
    }),
  );
  const sts = client(STSClient, own);
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
  const assumed = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one' }));
  const ofRole = keysOf(assumed.Credentials);
  const ofUser = keysOf((await sts.send(new GetSessionTokenCommand({}))).Credentials);
  expect([await said(ofRole), await said(ofUser)]).toEqual([
    ['fine', 'AccessDeniedException'],
    ['fine', 'AccessDeniedException'],
  ]);
  await iam.send(new DeleteRoleCommand({ RoleName }));
  expect(await said(ofRole)).toEqual(UNKNOWN);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  expect(await said(ofRole)).toEqual(UNKNOWN);
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: own.accessKeyId }));
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }));
  await iam.send(new DeleteUserCommand({ UserName }));
  expect([await said(own), await said(ofUser)]).toEqual([UNKNOWN, UNKNOWN]);
});
