import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { buildModule } from '../../examples/hcl-module/module';
import { cli } from '../engine/cli/run-cli';
import { exercised, skipped } from '../support/programs';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { findTerraform, isAbsent, runTerraform } from '../support/terraform';

const EXAMPLE = path.join(ROOT, 'examples', 'hcl-module');
const SLOW = 180_000;

/** What `cdktf synth --hcl` tells the app. */
const HCL = 'SYNTH_HCL_OUTPUT';

const programs = findTerraform();
if (isAbsent(programs)) {
  skipped('terraform', programs.reason);
}
const testWithTerraform = isAbsent(programs) ? test.skip : test;

/** The module in HCL, and the root module beside it; gives the folder of both. */
function synthesized(): string {
  const folder = temporaryFolder('hcl-module');
  process.env[HCL] = 'true';
  try {
    const outdir = path.join(folder, 'cdktf.out');
    const app = new App({ outdir, hclOutput: true, skipValidation: true });
    buildModule(app);
    app.synth();
  } finally {
    delete process.env[HCL];
  }
  fs.cpSync(path.join(EXAMPLE, 'root'), path.join(folder, 'root'), { recursive: true });
  return folder;
}

/** Runs terraform in the root module; fails with its words when it does not end well. */
function accepted(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = runTerraform(path.join(folder, 'root'), args);
  expect({ args, status, said: status === 0 ? '' : stdout + stderr }).toEqual({ args, status: 0, said: '' });
  return stdout;
}

test('is a module: variables and outputs, neither provider nor backend', () => {
  const hcl = fs.readFileSync(path.join(synthesized(), 'cdktf.out', 'stacks', 'backups', 'cdk.tf'), 'utf8');
  const names = (block: string) => [...hcl.matchAll(new RegExp(`^${block} "([a-z_]+)"`, 'gm'))].map(([, name]) => name);
  expect(names('variable')).toEqual(['delete_after_days', 'vault_name', 'plan_name']);
  expect(names('output')).toEqual(['vault_arn', 'vault_key_arn', 'plan_id', 'role_arn']);
  expect([names('provider'), names('backend')]).toEqual([[], []]);
});

testWithTerraform(
  'a root module in plain HCL plans it, and what it plans is checked and run',
  async () => {
    const folder = synthesized();
    accepted(folder, 'init', '-input=false');
    expect(accepted(folder, 'validate')).toContain('The configuration is valid');
    accepted(folder, 'plan', '-input=false', '-out=ledger.plan');
    const plan = path.join(folder, 'plan.json');
    fs.writeFileSync(plan, accepted(folder, 'show', '-json', 'ledger.plan'));

    const checked = await cli(['check', plan, '--format', 'json']);
    expect(checked.code).toBe(0);
    const { findings } = JSON.parse(checked.stdout) as { findings: { rule: string; severity: string }[] };
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);

    const bucket = path.join(folder, 'inventory.yaml');
    fs.writeFileSync(bucket, '- { type: S3, name: ledger, sizeGiB: 10, tags: { backup: daily } }\n');
    const place = ['--region', 'eu-central-1', '--inventory', bucket];
    const ran = await cli(['simulate', plan, '--days', '100', ...place, '--format', 'json']);
    expect({ code: ran.code, ...(JSON.parse(ran.stdout) as object) }).toMatchObject({
      code: 0,
      backupJobs: { COMPLETED: 100 },
      recoveryPoints: { created: 100, deleted: 10, live: 90 },
    });
    exercised('terraform', 'init, validate and plan of a root module that calls examples/hcl-module');
  },
  SLOW,
);

testWithTerraform(
  'fails with the words of the module when a team keeps less than the lock does',
  () => {
    const folder = synthesized();
    const file = path.join(folder, 'root', 'main.tf');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('delete_after_days = 90', 'delete_after_days = 5'));
    accepted(folder, 'init', '-input=false');
    const { status, stderr } = runTerraform(path.join(folder, 'root'), ['plan', '-input=false']);
    expect(status).toBe(1);
    expect(stderr).toContain('The lock of the vault keeps 7 days.');
  },
  SLOW,
);
