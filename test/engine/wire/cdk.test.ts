// The real command line of the CDK against a served World: deploy, diff, update, destroy, directly and by change sets.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const run = promisify(execFile);
const CDK = require.resolve('aws-cdk/bin/cdk');
const ACCOUNT = '111111111111';
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
async function cdk(vault: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    VAULT: vault,
    AWS_ENDPOINT_URL: front.url,
    AWS_ACCESS_KEY_ID: ACCOUNT,
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
