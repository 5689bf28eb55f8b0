// The real Terraform and AWS provider against a served World: the examples that are written with the Terraform CDK, and a
// configuration in three accounts; all at once, as the provider sleeps through most of the time that a database takes.
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  BackupClient,
  DescribeRecoveryPointCommand,
  ListRecoveryPointsByBackupVaultCommand,
  paginateListBackupJobs,
  paginateListCopyJobs,
  paginateListRecoveryPointsByBackupVault,
} from '@aws-sdk/client-backup';
import { App } from 'cdktf';
import { buildEstate } from '../../../examples/estate-cdktf/estate';
import { buildModule } from '../../../examples/hcl-module/module';
import type { Simulation } from '../../../engine/src/report/simulation';
import { cli } from '../cli/run-cli';
import { exercised } from '../../support/programs';
import { ACCOUNT, REGION, ServedTerraform, testTerraformAtOnce } from '../../support/served-terraform';
import { ROOT } from '../../support/sources';
import { synthCdktf, temporaryFolder } from '../../support/synth';
import { done, files, note } from './terraform/life-cycle';

/** What `cdktf synth --hcl` tells the app. */
const HCL = 'SYNTH_HCL_OUTPUT';
const DAYS = 400;
/** Jobs are listed for 30 days. */
const DAYS_BETWEEN = 20;
/** A bucket that the module finds by its tag: somebody else's, as it declares none. */
const BUCKET = { type: 'S3', name: 'ledger', account: ACCOUNT, region: REGION, tags: { backup: 'daily' } };

/** A folder in which terraform runs, and where what it reads says that a vault must not be destroyed. */
interface Example {
  readonly name: string;
  readonly folder: string;
  readonly declared: string;
}

/** The stacks of estate-cdktf, with states of their own. */
function estate(): { readonly artifact: string; readonly stacks: readonly Example[] } {
  const artifact = synthCdktf(buildEstate);
  const stacks = ['LedgerCopy', 'Ledger'].map((name) => {
    const folder = path.join(artifact, 'stacks', name);
    const declared = path.join(folder, 'cdk.tf.json');
    // The state stays in the folder, rather than where the app was run.
    const stack = JSON.parse(fs.readFileSync(declared, 'utf8')) as { terraform: { backend?: unknown } };
    delete stack.terraform.backend;
    fs.writeFileSync(declared, JSON.stringify(stack, null, 2));
    return { name, folder, declared };
  });
  return { artifact, stacks };
}

/** The module in HCL, and beside it the root module that calls it. */
function rootModule(): Example {
  const above = temporaryFolder('hcl-module');
  process.env[HCL] = 'true';
  try {
    const app = new App({ outdir: path.join(above, 'cdktf.out'), hclOutput: true, skipValidation: true });
    buildModule(app);
    app.synth();
  } finally {
    delete process.env[HCL];
  }
  const folder = path.join(above, 'root');
  fs.cpSync(path.join(ROOT, 'examples', 'hcl-module', 'root'), folder, { recursive: true });
  return { name: 'hcl-module', folder, declared: path.join(above, 'cdktf.out', 'stacks', 'backups', 'cdk.tf') };
}

/** Applies, and plans again: there must be nothing to do. Gives the first plan as `show -json` prints it. */
async function apply(served: ServedTerraform, { name, folder }: Example): Promise<string> {
  done(await served.run(folder, 'init'));
  done(await served.run(folder, 'plan', '-out=plan'));
  const { output } = done(await served.run(folder, 'show', '-json', 'plan'));
  note(`${name}: apply`, done(await served.run(folder, 'apply', '-auto-approve', 'plan')));
  note(`${name}: plan`, done(await served.run(folder, 'plan', '-detailed-exitcode')));
  return output;
}

/** Destroys what a team said must stay, after it has said otherwise. */
async function destroy(served: ServedTerraform, { name, folder, declared }: Example): Promise<void> {
  const text = fs.readFileSync(declared, 'utf8');
  const freed = text.replace(/("prevent_destroy": |prevent_destroy += )true/g, '$1false');
  expect(freed).not.toBe(text);
  fs.writeFileSync(declared, freed);
  const { output } = note(`${name}: destroy`, done(await served.run(folder, 'destroy', '-auto-approve')));
  expect(output).toMatch(/Destroy complete! Resources: [1-9]\d* destroyed/);
}

async function simulated(artifact: string, ...flags: string[]): Promise<Simulation> {
  const place = ['--account', ACCOUNT, '--region', REGION, '--days', String(DAYS), '--format', 'json'];
  const { code, stdout, stderr } = await cli(['simulate', artifact, ...place, ...flags]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Simulation;
}

type Counts = Record<string, number>;

/** What AWS Backup lists in one Region after a while. */
interface Listed {
  readonly backupJobs: Counts;
  readonly copyJobs: Counts;
  readonly byVault: Record<string, { live: number; warm: number; cold: number }>;
}

function clientOf(endpoint: string, accessKeyId: string, region: string): BackupClient {
  return new BackupClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey: 'secret' } });
}

/** Asks AWS Backup in one Region, page by page. */
class Watch {
  /** Jobs by their ids: they are listed for 30 days alone. */
  private readonly backupJobs = new Map<string | undefined, string | undefined>();
  private readonly copyJobs = new Map<string | undefined, string | undefined>();
  private readonly client: BackupClient;

  constructor(
    endpoint: string,
    private readonly region: string,
    private readonly vault: string,
  ) {
    this.client = clientOf(endpoint, ACCOUNT, region);
  }

  async jobs(): Promise<void> {
    const asked = { client: this.client, pageSize: 1000 };
    for await (const { BackupJobs = [] } of paginateListBackupJobs(asked, {})) {
      BackupJobs.forEach(({ BackupJobId, State }) => this.backupJobs.set(BackupJobId, State));
    }
    for await (const { CopyJobs = [] } of paginateListCopyJobs(asked, {})) {
      CopyJobs.forEach(({ CopyJobId, State }) => this.copyJobs.set(CopyJobId, State));
    }
  }

  async listed(): Promise<Listed> {
    const { client, region, vault: BackupVaultName } = this;
    const points = { live: 0, warm: 0, cold: 0 };
    const asked = { client, pageSize: 1000 };
    for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByBackupVault(asked, { BackupVaultName })) {
      for (const { RecoveryPointArn } of RecoveryPoints) {
        const point = await client.send(new DescribeRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }));
        points.live++;
        points[point.StorageClass === 'COLD' ? 'cold' : 'warm']++;
      }
    }
    client.destroy();
    const byVault = { [`arn:aws:backup:${region}:${ACCOUNT}:backup-vault:${BackupVaultName}`]: points };
    return { backupJobs: counted(this.backupJobs), copyJobs: counted(this.copyJobs), byVault };
  }
}

function counted(jobs: ReadonlyMap<unknown, string | undefined>): Counts {
  const counts: Counts = {};
  for (const state of jobs.values()) {
    counts[state ?? ''] = (counts[state ?? ''] ?? 0) + 1;
  }
  return counts;
}

/** The same of what `simulate` shows. */
function shown({ backupJobs, copyJobs, recoveryPoints }: Simulation): Listed {
  return { backupJobs, copyJobs, byVault: recoveryPoints.byVault };
}

/** What comes of the days in one Region after the other. */
async function watched(served: ServedTerraform, ...places: [region: string, vault: string][]): Promise<Listed[]> {
  const watches = places.map(([region, vault]) => new Watch(served.url, region, vault));
  for (let day = 0; day < DAYS; day += DAYS_BETWEEN) {
    await served.advance(`P${DAYS_BETWEEN}D`);
    await Promise.all(watches.map((watch) => watch.jobs()));
  }
  return Promise.all(watches.map((watch) => watch.listed()));
}

/** The module's plan, run with the bucket that the World has. */
function simulatedPlan(folder: string, plan: string): Promise<Simulation> {
  const [planned, inventory] = [path.join(folder, 'plan.json'), path.join(folder, 'inventory.json')];
  fs.writeFileSync(planned, plan);
  fs.writeFileSync(inventory, JSON.stringify([BUCKET]));
  return simulated(planned, '--inventory', inventory);
}

testTerraformAtOnce()(
  'every example of Terraform is applied, plans nothing more, runs 400 days as simulate says, and is destroyed',
  async () => {
    const served = await ServedTerraform.open();
    try {
      await served.control('resources', [BUCKET]);
      const { artifact, stacks } = estate();
      const module = rootModule();
      const all = [...stacks, module];
      const [plan = ''] = (await Promise.all(all.map((one) => apply(served, one)))).slice(-1);
      const before = await served.snapshot();

      const places: [string, string][] = [
        ['us-east-1', 'ledger-primary'],
        ['eu-west-1', 'ledger-copy'],
        [REGION, 'ledger'],
      ];
      const [primary, copies, small] = await watched(served, ...places);
      const byVault = { ...primary?.byVault, ...copies?.byVault };
      expect({ ...primary, byVault }).toEqual(shown(await simulated(artifact)));
      expect(copies).toMatchObject({ backupJobs: {}, copyJobs: {} });
      expect(small).toEqual(shown(await simulatedPlan(module.folder, plan)));
      expect([primary?.backupJobs['COMPLETED'], small?.backupJobs['COMPLETED']]).toEqual([4008, 400]);

      // A lock that has become permanent lets nobody destroy its vault: back to the day of the apply.
      await served.control('snapshot', before);
      await Promise.all(all.map((one) => destroy(served, one)));
      exercised('terraform', 'apply, plan and destroy of examples/estate-cdktf and examples/hcl-module');
    } finally {
      await served.close();
    }
  },
  600_000,
);

/** What a vault holds in the eyes of its own account: where each point was copied from, and the days that it is kept. */
async function pointsOf(endpoint: string, account: string, region: string, BackupVaultName: string) {
  const client = clientOf(endpoint, account, region);
  const { RecoveryPoints = [] } = await client.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName }));
  client.destroy();
  return RecoveryPoints.map((point) => [point.SourceBackupVaultArn, point.Lifecycle?.DeleteAfterDays]).sort();
}

testTerraformAtOnce()(
  'one configuration makes an organization and its accounts, backs up in one and copies into another, and destroys all',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const folder = served.folder('accounts', files('provider.tf', 'accounts.tf'));
      done(await served.run(folder, 'init'));
      note('accounts: apply', done(await served.run(folder, 'apply', '-auto-approve')));
      note('accounts: plan', done(await served.run(folder, 'plan', '-detailed-exitcode')));
      const { shop = '', bunker = '' } = (await served.outputs(folder)) as Record<string, string>;

      const nightly = { backup: 'nightly' };
      await served.control('resources', [
        { type: 'EFS', name: 'fs-1', account: shop, region: REGION, sizeGiB: 1, tags: nightly },
      ]);
      await served.advance('P1D');
      const source = `arn:aws:backup:${REGION}:${shop}:backup-vault:shop`;
      expect(await pointsOf(served.url, shop, REGION, 'shop')).toEqual([
        [undefined, 14],
        [undefined, 7],
      ]);
      expect(await pointsOf(served.url, bunker, 'eu-west-1', 'bunker')).toEqual([
        [source, 30],
        [source, 60],
      ]);

      const destroyed = note('accounts: destroy', done(await served.run(folder, 'destroy', '-auto-approve')));
      expect(destroyed.output).toContain('Destroy complete! Resources: 15 destroyed.');
      expect(served.world.state.ledger.organizations.list()).toEqual([]);
      expect(served.world.state.ledger.points.live).toBe(0);
      exercised('terraform', 'apply, plan and destroy of one configuration in three accounts');
    } finally {
      await served.close();
    }
  },
  600_000,
);
