// The main job on the examples: synthesize, check, simulate 400 days, print the answer.
// Usage: node examples/run.js [estate|existing|three-accounts|company-package|hcl-module]     (the packages must be built: npm run compile)
'use strict';
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const HOLDFAST = path.join(ROOT, 'engine', 'bin', 'holdfast.js');

/** Examples that are written with the Terraform CDK. */
const TERRAFORM = ['estate-cdktf', 'hcl-module'];

/** Runs a program; ends this one when it fails in a way that the caller does not expect. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  const status = result.status ?? 2;
  if (!(options.expected ?? [0]).includes(status)) {
    console.error(`${command} ${args.join(' ')} ended with ${result.error ?? status}`);
    process.exit(status === 0 ? 1 : status);
  }
}

/** Synthesizes examples/<folder> and gives the folder of the artifact. */
function synthesize(folder) {
  const out = TERRAFORM.includes(folder) ? 'cdktf.out' : 'cdk.out';
  const cwd = path.join(ROOT, 'examples', folder);
  const tsNode = require.resolve('ts-node/dist/bin.js');
  const env = {
    ...process.env,
    CDK_OUTDIR: path.join(cwd, out),
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_VALIDATION: 'false',
    SYNTH_HCL_OUTPUT: String(folder === 'hcl-module'),
  };
  run(process.execPath, [tsNode, '--swc', 'app.ts'], { cwd, env });
  return path.join('examples', folder, out);
}

function holdfast(args, expected) {
  console.log(`\n$ npx holdfast ${args.join(' ')}`);
  run(process.execPath, [HOLDFAST, ...args], { expected });
}

const which = process.argv[2] ?? 'estate';
if (which === 'estate') {
  for (const folder of ['estate-cdk', 'estate-cdktf']) {
    const artifact = synthesize(folder);
    holdfast(['check', artifact, '--inventory', 'examples/inventory.yaml']);
    holdfast(['simulate', artifact, '--days', '400', '--inventory', 'examples/inventory.yaml']);
  }
} else if (which === 'existing') {
  // The app carries mistakes: findings, so exit 1.
  holdfast(['check', synthesize('existing-app')], [1]);
} else if (which === 'three-accounts' || which === 'company-package') {
  const artifact = synthesize(which);
  holdfast(['check', artifact]);
  holdfast(['simulate', artifact, '--days', '400']);
} else if (which === 'hcl-module') {
  const module = path.join(synthesize(which), 'stacks', 'backups');
  console.log(
    `${module} is a module; examples/hcl-module/root calls it: terraform -chdir=examples/hcl-module/root plan`,
  );
} else {
  console.error(`must be estate, existing, three-accounts, company-package or hcl-module, got ${which}`);
  process.exit(2);
}
