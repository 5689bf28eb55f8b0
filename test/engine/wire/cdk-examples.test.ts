// Every CDK example by the real command line of the CDK: bootstrap, deploy, diff, update, 400 days, destroy. What the vaults of
// the served World then hold is what `holdfast simulate` says of the same cdk.out.
import { BackupClient, ListBackupVaultsCommand, paginateListRecoveryPointsByBackupVault } from '@aws-sdk/client-backup';
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { App, Tags } from 'aws-cdk-lib/core';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { VaultCount } from '../../../engine/src/domain/views';
import { buildEstate as companyPackage } from '../../../examples/company-package/estate';
import { buildEstate as estateCdk } from '../../../examples/estate-cdk/estate';
import { buildEstate as existingApp } from '../../../examples/existing-app/estate';
import { buildEstate as first } from '../../../examples/first/estate';
import { buildEstate as threeAccounts } from '../../../examples/three-accounts/estate';
import { exercised, onPath, skipped } from '../../support/programs';
import { ServedCdk } from '../../support/served-cdk';
import { cli } from '../cli/run-cli';
import { MountedFiles } from '../../support/mounted';

/** The account of every example's workload. */
const ACCOUNT = '111122223333';

type Build = (app: App) => void;
type Counts = Record<string, VaultCount>;

/** Gives a World of its own to an example. One after the other: 400 days of one would keep the requests of others waiting. */
async function inWorld(run: (served: ServedCdk) => Promise<void>): Promise<void> {
  const served = await ServedCdk.open();
  try {
    await run(served);
  } finally {
    await served.close();
  }
}

type Context = Readonly<Record<string, unknown>>;

/** The cloud assembly of an example, in which everything that has tags says which release it is of. */
function synth({ folder }: ServedCdk, build: Build, release: string, context: Context = {}): string {
  const outdir = path.join(folder, release);
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

async function bootstrap(served: ServedCdk, outdir: string): Promise<void> {
  const commands = placesOf(outdir).map(async (place) => {
    const told = await served.cdk(place.slice(0, 12), ['bootstrap', '--app', outdir, `aws://${place}`]);
    expect(told).toContain(`Environment aws://${place} bootstrapped`);
  });
  await Promise.all(commands);
}

const deploy = (served: ServedCdk, outdir: string) =>
  served.cdk(ACCOUNT, ['deploy', '--all', '--app', outdir, '--require-approval', 'never', '--concurrency', '3']);

async function refuseDifferences(served: ServedCdk, outdir: string): Promise<void> {
  const told = await served.cdk(ACCOUNT, ['diff', '--app', outdir]);
  expect(told).toContain('Number of stacks with differences: 0');
}

/** What `holdfast simulate` says of an assembly. */
async function simulated(outdir: string): Promise<Counts> {
  const args = ['simulate', 'cdk.out', '--days', '400', '--format', 'json'];
  const { code, stdout } = await cli(args, new MountedFiles('cdk.out', outdir));
  expect(code).toBe(0);
  const { recoveryPoints } = JSON.parse(stdout) as { recoveryPoints: { byVault: Record<string, VaultCount> } };
  return recoveryPoints.byVault;
}

/** What the vaults of some places hold, by the calls that anybody may make. */
async function held({ front, world }: ServedCdk, places: readonly string[]): Promise<Counts> {
  const found: Counts = {};
  for (const place of places) {
    const [accessKeyId = '', region = ''] = place.split('/');
    const credentials = { accessKeyId, secretAccessKey: 'secret' };
    const client = new BackupClient({ endpoint: front.url, region, credentials });
    const { BackupVaultList = [] } = await client.send(new ListBackupVaultsCommand({}));
    for (const { BackupVaultName, BackupVaultArn = '' } of BackupVaultList) {
      const count = { live: 0, warm: 0, cold: 0 };
      for await (const page of paginateListRecoveryPointsByBackupVault({ client }, { BackupVaultName })) {
        for (const { CalculatedLifecycle } of page.RecoveryPoints ?? []) {
          const at = CalculatedLifecycle?.MoveToColdStorageAt;
          const cold = at !== undefined && at.getTime() <= world.state.now;
          count.live += 1;
          count[cold ? 'cold' : 'warm'] += 1;
        }
      }
      found[BackupVaultArn] = count;
    }
  }
  return found;
}

async function whole(served: ServedCdk, build: Build, context: Context = {}): Promise<Counts> {
  const outdir = synth(served, build, '1', context);
  const places = placesOf(outdir);
  await bootstrap(served, outdir);
  const deployed = await deploy(served, outdir);
  expect(deployed.match(/✅/g)?.length).toBeGreaterThanOrEqual(places.length);
  await refuseDifferences(served, outdir);

  const changed = synth(served, build, '2', context);
  expect(await deploy(served, changed)).toContain('UPDATE_COMPLETE');
  await refuseDifferences(served, changed);

  await served.advance('P400D');
  const counts = await held(served, places);
  expect(counts).toEqual(await simulated(changed));
  expect(Object.values(counts).every(({ live }) => live > 0)).toBe(true);

  const destroyed = await served.cdk(ACCOUNT, ['destroy', '--all', '--app', changed, '--force']);
  expect(destroyed.match(/: destroyed/g)?.length).toBeGreaterThanOrEqual(places.length);
  expect(await held(served, places)).toEqual(counts);
  return counts;
}

/** The command line of AWS counts the points of the fullest vault as well, where it is installed. */
async function countedByAws({ front }: ServedCdk, counts: Counts): Promise<void> {
  const program = onPath('aws');
  if (program === undefined) {
    skipped('aws', 'aws is not on PATH');
    return;
  }
  exercised('aws', 'points of a vault that the CDK made');
  const [arn = '', count] = Object.entries(counts).sort(([, a], [, b]) => b.live - a.live)[0] ?? [];
  const [, , , region, , , name = ''] = arn.split(':');
  const call = ['backup', 'list-recovery-points-by-backup-vault', '--backup-vault-name', name];
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: front.url,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const { stdout } = await promisify(execFile)(program, [...call, '--query', 'length(RecoveryPoints)'], { env });
  expect(Number(stdout)).toBe(count?.live);
}

/** A network that an account has before anybody deploys. */
function network({ world: { state } }: ServedCdk, region: string): Context {
  const there = state.services.networks.at({ partition: 'aws', account: ACCOUNT, region });
  const made = { isDefault: false, tags: {} };
  const vpc = there.addVpc('shared', { ...made, cidrBlock: '10.0.0.0/16', tenancy: 'default' });
  const subnets = ['a', 'b'].map((zone, index) => {
    const where = { vpcId: vpc.id, zone: `${region}${zone}`, cidrBlock: `10.0.${index}.0/24` };
    return there.addSubnet(zone, { ...made, ...where, publicAddresses: false });
  });
  return { network: { vpcId: vpc.id, isolatedSubnetIds: subnets.map(({ id }) => id) } };
}

const TIMEOUT_MS = 400_000;

// prettier-ignore
const EXAMPLES: Readonly<Record<string, (served: ServedCdk) => Promise<void>>> = {
  'first: its vault holds after 400 days what simulate says': async (served) => void (await whole(served, first)),
  'three-accounts: so do the vaults of all three': async (served) => void (await whole(served, threeAccounts)),
  'estate-cdk: so do its vaults, with what its databases, network and secrets come to': async (served) => countedByAws(served, await whole(served, estateCdk)),
  'company-package: so does the vault of the backup account, in a network that was there before': async (served) => void (await whole(served, companyPackage, network(served, 'eu-central-1'))),
  'existing-app: its mistakes, which synthesize silently, are refused by the deploy, and its network is gone again': refused,
};

async function refused(served: ServedCdk): Promise<void> {
  const outdir = synth(served, existingApp, '1');
  await bootstrap(served, outdir);
  const failed = deploy(served, outdir);
  await expect(failed).rejects.toMatchObject({ stdout: expect.stringContaining('ROLLBACK_COMPLETE') as string });
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
  const client = new CloudFormationClient({ endpoint: served.front.url, region: 'us-east-1', credentials });
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'Shop' }));
  const why = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
  expect(why).toContain('Error in rule cold : Invalid lifecycle.');
  const network = served.world.state.services.networks.at({ partition: 'aws', account: ACCOUNT, region: 'us-east-1' });
  expect([...network.vpcs.values()].map(({ isDefault }) => isDefault)).toEqual([true]);
}

for (const [title, run] of Object.entries(EXAMPLES)) {
  test(title, () => inWorld(run), TIMEOUT_MS);
}
