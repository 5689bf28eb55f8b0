// The real command line of the CDK against a served World: bootstrap, deploy, diff, update, destroy, directly, by change
// sets, and with what bootstrapping makes.
import { HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App } from 'aws-cdk-lib/core';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { buildEstate } from '../../../examples/three-accounts/estate';

const run = promisify(execFile);
const CDK = require.resolve('aws-cdk/bin/cdk');
/** Where the example of three accounts has its workload. */
const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';

/** An app with one stack, whose templates go with the call. */
const APP = `
const { App, CfnOutput, LegacyStackSynthesizer, RemovalPolicy, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib/core'))});
const backup = require(${JSON.stringify(require.resolve('aws-cdk-lib/aws-backup'))});
const app = new App({ builtinCloudFormationValidation: false });
const env = { account: '${ACCOUNT}', region: '${REGION}' };
const stack = new Stack(app, 'Team', { synthesizer: new LegacyStackSynthesizer(), env });
const removalPolicy = RemovalPolicy.DESTROY;
const backupVault = new backup.BackupVault(stack, 'Vault', { backupVaultName: process.env.VAULT, removalPolicy });
const plan = new backup.BackupPlan(stack, 'Plan', { backupVault, backupPlanRules: [backup.BackupPlanRule.daily()] });
plan.addSelection('Everything', { resources: [backup.BackupResource.fromArn('*')] });
new CfnOutput(stack, 'Name', { value: backupVault.backupVaultName });
`;

/** Its code and its template go through the bucket of the bootstrap stack; a function empties the bucket before it goes. */
const ASSETS = `
const { App, CfnOutput, RemovalPolicy, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib/core'))});
const s3 = require(${JSON.stringify(require.resolve('aws-cdk-lib/aws-s3'))});
const app = new App({ builtinCloudFormationValidation: false });
const stack = new Stack(app, 'Reports', { env: { account: '${ACCOUNT}', region: '${REGION}' } });
const settings = { bucketName: 'team-reports', enforceSSL: true, versioned: true };
const bucket = new s3.Bucket(stack, 'Bucket', { ...settings, autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
new CfnOutput(stack, 'Arn', { value: bucket.bucketArn });
`;

/** Accounts and Regions of the example. */
const PLACES = [`${ACCOUNT}/${REGION}`, '444455556666/eu-west-1', '777788889999/eu-north-1'];

let front: HttpFront;
let folder: string;

beforeEach(async () => {
  const env = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  front = await HttpFront.open(new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-cdk-'));
  fs.writeFileSync(path.join(folder, 'app.js'), APP);
  const app = `${JSON.stringify(process.execPath)} app.js`;
  fs.writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app, versionReporting: false }));
});

afterEach(async () => {
  await front.close();
  fs.rmSync(folder, { recursive: true });
});

/** What a command says. */
function cdk(vault: string, ...args: string[]): Promise<string> {
  return cdkIn(ACCOUNT, vault, ...args);
}

async function cdkIn(account: string, vault: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    VAULT: vault,
    AWS_ENDPOINT_URL: front.url,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_VALIDATION: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
    NO_COLOR: '1',
    CI: 'true',
  };
  const { stdout, stderr } = await run(process.execPath, [CDK, ...args], { cwd: folder, env });
  return stdout + stderr;
}

test('the CDK deploys a stack, sees no difference, replaces a vault, and destroys it all', async () => {
  const deployed = await cdk('first', 'deploy', '--method', 'direct', '--require-approval', 'never');
  expect(deployed).toContain('Team.Name = first');
  expect(await cdk('first', 'diff')).toContain('There were no differences');
  const diff = await cdk('second', 'diff');
  expect(diff).toContain('BackupVaultName (requires replacement)');
  expect(diff).toContain('Number of stacks with differences: 1');
  const updated = await cdk('second', 'deploy', '--require-approval', 'never');
  expect(updated).toContain('Team.Name = second');
  expect(await cdk('second', 'destroy', '--force')).toContain('Team: destroyed');
  const state = (await (await fetch(`${front.url}/_holdfast/state`)).json()) as Record<string, unknown>;
  expect(JSON.stringify(state)).not.toContain(':backup-vault:');
}, 240_000);

test('an app deploys into accounts that the CDK bootstrapped, with its templates and code in their buckets', async () => {
  const outdir = path.join(folder, 'example');
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  buildEstate(app);
  app.synth();
  const all = ['--all', '--app', outdir];
  const bootstrapped = PLACES.map(async (place) => {
    const told = await cdkIn(place.slice(0, 12), '', 'bootstrap', '--app', outdir, `aws://${place}`);
    expect(told).toContain(`Environment aws://${place} bootstrapped`);
  });
  await Promise.all(bootstrapped);
  const deployed = await cdk('', 'deploy', ...all, '--require-approval', 'never');
  expect(deployed).toContain(`Published Shop Template (${ACCOUNT}-${REGION}`);
  expect(deployed.match(/✅/g)).toHaveLength(PLACES.length);
  expect(await cdk('', 'diff', ...all)).toContain('Number of stacks with differences: 0');
  const destroyed = await cdk('', 'destroy', ...all, '--force');
  expect(destroyed.match(/: destroyed/g)).toHaveLength(PLACES.length);

  fs.writeFileSync(path.join(folder, 'assets.js'), ASSETS);
  const assets = ['--app', `${JSON.stringify(process.execPath)} assets.js`];
  const withCode = await cdk('', 'deploy', ...assets, '--require-approval', 'never');
  expect(withCode).toContain('Reports.Arn = arn:aws:s3:::team-reports');
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
  const client = new S3Client({ endpoint: front.url, region: REGION, credentials, forcePathStyle: true });
  await client.send(new PutObjectCommand({ Bucket: 'team-reports', Key: 'report', Body: 'a,b' }));
  expect(await cdk('', 'destroy', ...assets, '--force')).toContain('Reports: destroyed');
  // A bucket that holds something would have stayed: the function emptied it.
  const gone = client.send(new HeadBucketCommand({ Bucket: 'team-reports' }));
  await expect(gone).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
}, 240_000);
