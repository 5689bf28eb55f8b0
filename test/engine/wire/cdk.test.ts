// The real command line of the CDK against a served World: deploy, diff, update, destroy, directly, by change sets, and with
// code that goes through the bucket that bootstrapping makes.
import { HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ServedCdk } from '../../support/served-cdk';

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

let served: ServedCdk;

beforeEach(async () => {
  served = await ServedCdk.open();
  for (const [name, text] of Object.entries({ 'app.js': APP, 'assets.js': ASSETS })) {
    fs.writeFileSync(path.join(served.folder, name), text);
  }
});

afterEach(() => served.close());

/** What a command says of an app, which takes the name of its vault from outside. */
function cdk(app: string, vault: string, ...args: string[]): Promise<string> {
  const program = `${JSON.stringify(process.execPath)} ${app}`;
  return served.cdk(ACCOUNT, [...args, '--app', program, '--version-reporting', 'false'], { VAULT: vault });
}

test('the CDK deploys a stack, sees no difference, replaces a vault, and destroys it all', async () => {
  const of = (vault: string, ...args: string[]) => cdk('app.js', vault, ...args);
  const deployed = await of('first', 'deploy', '--method', 'direct', '--require-approval', 'never');
  expect(deployed).toContain('Team.Name = first');
  expect(await of('first', 'diff')).toContain('There were no differences');
  const diff = await of('second', 'diff');
  expect(diff).toContain('BackupVaultName (requires replacement)');
  expect(diff).toContain('Number of stacks with differences: 1');
  const updated = await of('second', 'deploy', '--require-approval', 'never');
  expect(updated).toContain('Team.Name = second');
  expect(await of('second', 'destroy', '--force')).toContain('Team: destroyed');
  const state = (await (await fetch(`${served.front.url}/_holdfast/state`)).json()) as Record<string, unknown>;
  expect(JSON.stringify(state)).not.toContain(':backup-vault:');
}, 240_000);

test('code goes through the bucket that bootstrapping made, and runs when a stack needs it', async () => {
  const place = `aws://${ACCOUNT}/${REGION}`;
  expect(await served.cdk(ACCOUNT, ['bootstrap', place])).toContain(`Environment ${place} bootstrapped`);
  const deployed = await cdk('assets.js', '', 'deploy', '--require-approval', 'never');
  expect(deployed).toContain(`Published Reports Template (${ACCOUNT}-${REGION}`);
  expect(deployed).toContain('Reports.Arn = arn:aws:s3:::team-reports');
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
  const client = new S3Client({ endpoint: served.front.url, region: REGION, credentials, forcePathStyle: true });
  await client.send(new PutObjectCommand({ Bucket: 'team-reports', Key: 'report', Body: 'a,b' }));
  expect(await cdk('assets.js', '', 'destroy', '--force')).toContain('Reports: destroyed');
  // A bucket that holds something would have stayed: the function emptied it.
  const gone = client.send(new HeadBucketCommand({ Bucket: 'team-reports' }));
  await expect(gone).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
}, 240_000);
