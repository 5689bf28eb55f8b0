// Habits of real clients: calls that are made again, paths with and without a slash at their end, presigned URLs.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { HttpRequest } from '@smithy/core/protocols';
import { Sha256 } from '@smithy/core/checksum';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';

const ACCOUNT = '111111111111';
const REGION = 'eu-central-1';
const ENV = { partition: 'aws', account: ACCOUNT, region: REGION };
const SCOPE = `Credential=${ACCOUNT}/20270101/${REGION}/backup/aws4_request`;
const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };

let front: HttpFront;

async function serve(enforceIam: boolean): Promise<void> {
  const worlds = new ServedWorlds({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam });
  front = await HttpFront.open(worlds);
}

afterEach(() => front.close());

/** Loses the first answer to each call, as a client does that gave up on its socket. */
class Losing extends NodeHttpHandler {
  readonly attempts: string[] = [];

  override async handle(
    ...[request, options]: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const answer = await super.handle(request, options);
    this.attempts.push(`${request.headers['amz-sdk-invocation-id']}`);
    if (this.attempts.length === 1) {
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    }
    return answer;
  }
}

test.each([false, true])(
  'a create whose answer got lost is not made twice (policies decide: %s)',
  async (enforceIam) => {
    await serve(enforceIam);
    const handler = new Losing();
    const client = new BackupClient({ region: REGION, endpoint: front.url, credentials, requestHandler: handler });
    const made = await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    expect(made.BackupVaultArn).toBe(`arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:main`);
    expect(handler.attempts).toHaveLength(2);
    expect(new Set(handler.attempts).size).toBe(1);
    // Another call for the same thing is answered as ever.
    const again = client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    await expect(again).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    client.destroy();
  },
);

test('an answer is remembered for the account that it was given to alone', async () => {
  await serve(false);
  const create = (account: string) =>
    fetch(`${front.url}/backup-vaults/main`, {
      method: 'PUT',
      headers: {
        authorization: `AWS4-HMAC-SHA256 ${SCOPE.replace(ACCOUNT, account)}, SignedHeaders=host, Signature=0`,
        'amz-sdk-invocation-id': 'c0ffee',
      },
      body: '{}',
    }).then(async (answer) => ((await answer.json()) as { BackupVaultArn: string }).BackupVaultArn);
  expect(await create(ACCOUNT)).toContain(`:${ACCOUNT}:`);
  expect(await create(ACCOUNT)).toContain(`:${ACCOUNT}:`);
  expect(await create('222222222222')).toContain(':222222222222:');
});

test('paths are found with and without a slash at their end, and labels as they were encoded', async () => {
  await serve(false);
  const headers = { authorization: `AWS4-HMAC-SHA256 ${SCOPE}, SignedHeaders=host, Signature=0` };
  const asked = async (path: string, method = 'GET') =>
    (await fetch(`${front.url}${path}`, { method, headers })).status;
  expect(await asked('/backup-vaults/main', 'PUT')).toBe(200);
  const arn = encodeURIComponent(`arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:main`);
  for (const path of ['/backup-vaults', '/backup-vaults/main', `/tags/${arn}`, '/backup/plans']) {
    expect([path, await asked(path), await asked(`${path}/`)]).toEqual([path, 200, 200]);
  }
});

/** A URL that whoever has it may ask, for a while. */
async function presigned(secretAccessKey: string, expiresIn: number, signingDate: Date): Promise<string> {
  const { host, hostname, port } = new URL(front.url);
  const signer = new SignatureV4({
    credentials: { ...credentials, secretAccessKey },
    region: REGION,
    service: 'backup',
    sha256: Sha256,
  });
  const query = { maxResults: '5' };
  const path = '/backup-vaults/';
  const request = new HttpRequest({
    method: 'GET',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    query,
    headers: { host },
  });
  const signed = await signer.presign(request, { expiresIn, signingDate });
  return `${front.url}${path}?${new URLSearchParams(signed.query as Record<string, string>)}`;
}

test('a presigned URL holds until its time is over, for what was signed', async () => {
  await serve(true);
  const now = Date.now();
  const asked = async (url: string) => {
    const answer = await fetch(url);
    return answer.status === 200 ? 'allowed' : answer.headers.get('x-amzn-errortype');
  };
  expect(await asked(await presigned('holdfast', 3600, new Date(now - 3_500_000)))).toBe('allowed');
  expect(await asked(await presigned('holdfast', 3600, new Date(now - 3_700_000)))).toBe('InvalidSignatureException');
  expect(await asked(await presigned('holdfast', 3600, new Date(now + 3_600_000)))).toBe('InvalidSignatureException');
  expect(await asked(await presigned('other', 3600, new Date(now)))).toBe('InvalidSignatureException');
  const changed = (await presigned('holdfast', 3600, new Date(now))).replace('maxResults=5', 'maxResults=6');
  expect(await asked(changed)).toBe('InvalidSignatureException');
});

test('a body that is not the one that was signed is refused', async () => {
  await serve(true);
  const client = new BackupClient({ region: REGION, endpoint: front.url, credentials, maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as HttpRequest).body = '{"BackupVaultTags":{"a":"b"}}';
      (args.request as HttpRequest).headers['content-length'] = '29';
      return next(args);
    },
    // After the signature.
    { step: 'finalizeRequest', priority: 'low', name: 'change' },
  );
  const changed = client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  await expect(changed).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  client.destroy();
  const other = new BackupClient({ region: REGION, endpoint: front.url, credentials });
  expect((await other.send(new ListBackupVaultsCommand({}))).BackupVaultList).toEqual([]);
  other.destroy();
});

test('a signature covers the World that the endpoint names', async () => {
  await serve(true);
  const props = { region: REGION, endpoint: `${front.url}/_world/blue`, credentials, maxAttempts: 1 };
  const [backup, sts] = [new BackupClient(props), new STSClient(props)];
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: ACCOUNT });
  const other = new BackupClient({ ...props, endpoint: front.url });
  expect((await other.send(new ListBackupVaultsCommand({}))).BackupVaultList).toEqual([]);
  for (const client of [backup, sts, other]) {
    client.destroy();
  }
});
