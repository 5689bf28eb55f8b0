// Every CDK example by the real command line of the CDK: bootstrap, deploy, diff, update, 400 days, destroy. What the vaults of
// the served World then hold is what `holdfast simulate` says of the same cdk.out.
import { BackupClient, ListBackupVaultsCommand, paginateListRecoveryPointsByBackupVault } from '@aws-sdk/client-backup';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { App, Tags } from 'aws-cdk-lib/core';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { VaultCount } from '../../../engine/src/domain/views';
import { createSubnet } from '../../../engine/src/operations/ec2/create-subnet';
import { createVpc } from '../../../engine/src/operations/ec2/create-vpc';
import { buildEstate as companyPackage } from '../../../examples/company-package/estate';
import { buildEstate as estateCdk } from '../../../examples/estate-cdk/estate';
import { buildEstate as existingApp } from '../../../examples/existing-app/estate';
import { buildEstate as first } from '../../../examples/first/estate';
import { buildEstate as threeAccounts } from '../../../examples/three-accounts/estate';
import { ServedCdk } from '../../support/served-cdk';
import { cli } from '../cli/run-cli';
import { MountedFiles } from '../../support/mounted';

/** The account of every example's workload. */
const ACCOUNT = '111122223333';

let served: ServedCdk;

beforeEach(async () => {
  served = await ServedCdk.open();
});

afterEach(() => served.close());

type Build = (app: App) => void;

/** The cloud assembly of an example, in which everything that has tags says which release it is of. */
function synth(build: Build, release: string, context: Readonly<Record<string, unknown>>): string {
  const outdir = path.join(served.folder, release);
  const app = new App({ outdir, builtinCloudFormationValidation: false, context });
  build(app);
  Tags.of(app).add('release', release);
  app.synth();
  return outdir;
}

/** Accounts and Regions of an assembly, as `111122223333/us-east-1`. */
function placesOf(outdir: string): string[] {
  const manifest = fs.readFileSync(path.join(outdir, 'manifest.json'), 'utf8');
  const { artifacts } = JSON.parse(manifest) as { artifacts: Record<string, { environment?: string }> };
  const found = Object.values(artifacts).flatMap(
    ({ environment = '' }) => /^aws:\/\/(.*)$/.exec(environment)?.[1] ?? [],
  );
  return [...new Set(found)].sort();
}

async function bootstrap(outdir: string): Promise<void> {
  const commands = placesOf(outdir).map(async (place) => {
    const told = await served.cdk(place.slice(0, 12), ['bootstrap', '--app', outdir, `aws://${place}`]);
    expect(told).toContain(`Environment aws://${place} bootstrapped`);
  });
  await Promise.all(commands);
}

const deploy = (outdir: string) =>
  served.cdk(ACCOUNT, ['deploy', '--all', '--app', outdir, '--require-approval', 'never', '--concurrency', '3']);

async function refuseDifferences(outdir: string): Promise<void> {
  const told = await served.cdk(ACCOUNT, ['diff', '--all', '--app', outdir]);
  expect(told).toContain('Number of stacks with differences: 0');
}

/** What `holdfast simulate` says of an assembly. */
async function simulated(outdir: string): Promise<Record<string, VaultCount>> {
  const args = ['simulate', 'cdk.out', '--days', '400', '--format', 'json'];
  const { code, stdout } = await cli(args, new MountedFiles('cdk.out', outdir));
  expect(code).toBe(0);
  const { recoveryPoints } = JSON.parse(stdout) as { recoveryPoints: { byVault: Record<string, VaultCount> } };
  return recoveryPoints.byVault;
}

/** What the vaults of some places hold, by the calls that anybody may make. */
async function held(places: readonly string[]): Promise<Record<string, VaultCount>> {
  const found: Record<string, VaultCount> = {};
  for (const place of places) {
    const [accessKeyId = '', region = ''] = place.split('/');
    const credentials = { accessKeyId, secretAccessKey: 'secret' };
    const client = new BackupClient({ endpoint: served.front.url, region, credentials });
    const { BackupVaultList = [] } = await client.send(new ListBackupVaultsCommand({}));
    for (const { BackupVaultName, BackupVaultArn = '' } of BackupVaultList) {
      const count = { live: 0, warm: 0, cold: 0 };
      for await (const page of paginateListRecoveryPointsByBackupVault({ client }, { BackupVaultName })) {
        for (const { CalculatedLifecycle } of page.RecoveryPoints ?? []) {
          const at = CalculatedLifecycle?.MoveToColdStorageAt;
          const cold = at !== undefined && at.getTime() <= served.world.state.now;
          count.live += 1;
          count[cold ? 'cold' : 'warm'] += 1;
        }
      }
      found[BackupVaultArn] = count;
    }
  }
  return found;
}

async function whole(build: Build, context: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const outdir = synth(build, '1', context);
  const places = placesOf(outdir);
  await bootstrap(outdir);
  const deployed = await deploy(outdir);
  expect(deployed.match(/✅/g)?.length).toBeGreaterThanOrEqual(places.length);
  await refuseDifferences(outdir);

  const changed = synth(build, '2', context);
  expect(await deploy(changed)).toContain('UPDATE_COMPLETE');
  await refuseDifferences(changed);

  await served.advance('P400D');
  const counts = await held(places);
  expect(counts).toEqual(await simulated(changed));
  expect(Object.values(counts).every(({ live }) => live > 0)).toBe(true);

  const destroyed = await served.cdk(ACCOUNT, ['destroy', '--all', '--app', changed, '--force']);
  expect(destroyed.match(/: destroyed/g)?.length).toBeGreaterThanOrEqual(places.length);
  expect(await held(places)).toEqual(counts);
}

/** A network that an account has before anybody deploys. */
function network(region: string) {
  const caller = { partition: 'aws', account: ACCOUNT, region };
  const { state } = served.world;
  const { Vpc } = createVpc(state, caller, { CidrBlock: '10.0.0.0/16' });
  const VpcId = Vpc?.VpcId;
  const subnets = ['a', 'b'].map((zone, index) => {
    const AvailabilityZone = `${region}${zone}`;
    return createSubnet(state, caller, { VpcId, AvailabilityZone, CidrBlock: `10.0.${index}.0/24` }).Subnet?.SubnetId;
  });
  return { vpcId: VpcId, isolatedSubnetIds: subnets };
}

const TIMEOUT_MS = 400_000;

test('first: its vault holds after 400 days what simulate says', () => whole(first), TIMEOUT_MS);

test('three-accounts: so do the vaults of all three', () => whole(threeAccounts), TIMEOUT_MS);

test(
  'estate-cdk: so do its vaults, with what its databases, network and secrets come to',
  () => whole(estateCdk),
  TIMEOUT_MS,
);

test(
  'company-package: so does the vault of the backup account, in a network that was there before',
  () => whole(companyPackage, { network: network('eu-central-1') }),
  TIMEOUT_MS,
);

test(
  'existing-app: its mistakes, which synthesize silently, are refused by the deploy, and nothing but what is retained is left',
  async () => {
    const outdir = synth(existingApp, '1', {});
    await bootstrap(outdir);
    const failed = deploy(outdir);
    await expect(failed).rejects.toMatchObject({ stdout: expect.stringContaining('ROLLBACK_COMPLETE') as string });
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
    const client = new CloudFormationClient({ endpoint: served.front.url, region: 'us-east-1', credentials });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Shop' }));
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    const { networks } = served.world.state.services;
    const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
    expect([...networks.at(env).vpcs.values()].map(({ isDefault }) => isDefault)).toEqual([true]);
  },
  TIMEOUT_MS,
);
