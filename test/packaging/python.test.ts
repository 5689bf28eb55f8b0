import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { exercised, onPath, skipped } from '../support/programs';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { cli } from '../engine/cli/run-cli';
import { expectBuilt, PATIENCE_MS, run } from './gate';

/** Why a Python app cannot be run here; undefined when it can. */
function whyNot(): string | undefined {
  if (process.env.HOLDFAST_PACKAGING !== '1') {
    return 'runs when HOLDFAST_PACKAGING=1 (needs a build and a registry)';
  }
  const python = onPath('python3');
  if (python === undefined) {
    return 'python3 is not on PATH';
  }
  const args = ['-m', 'pip', 'download', '--no-deps', '--quiet', '--dest', temporaryFolder('pip'), 'jsii'];
  const probe = spawnSync(python, args, { encoding: 'utf8', timeout: 60_000 });
  return probe.status === 0 ? undefined : 'pip does not reach its packages from here';
}

const reason = whyNot();
if (reason !== undefined) {
  skipped('python-jsii', reason);
}

(reason === undefined ? test : test.skip)(
  'a Python app declares vault and plan with lib, and the engine reads what it synthesizes',
  async () => {
    expectBuilt();
    const out = temporaryFolder('python');
    const pacmak = path.join(ROOT, 'node_modules', '.bin', 'jsii-pacmak');
    for (const folder of ['model', 'lib']) {
      run(ROOT, pacmak, ['--targets', 'python', '--outdir', out, path.join(ROOT, folder)]);
    }
    const wheels = path.join(out, 'python');
    const names = fs.readdirSync(wheels).filter((name) => name.endsWith('.whl'));
    expect(names).toHaveLength(2);

    run(out, 'python3', ['-m', 'venv', 'venv']);
    const python = path.join(out, 'venv', 'bin', 'python');
    run(out, python, ['-m', 'pip', 'install', '--quiet', ...names.map((name) => path.join(wheels, name))]);
    fs.copyFileSync(path.join(__dirname, 'apps', 'app.py'), path.join(out, 'app.py'));
    const made = path.join(out, 'cdk.out');
    run(out, 'env', [`CDK_OUTDIR=${made}`, python, 'app.py']);

    const { code, stdout } = await cli(['simulate', made, '--days', '40', '--format', 'json']);
    const simulation = JSON.parse(stdout) as { backupJobs: Record<string, number> };
    expect([code, simulation.backupJobs]).toEqual([0, { COMPLETED: 40 }]);
    exercised('python-jsii', 'an app with @holdfast/cdk from its wheels');
  },
  PATIENCE_MS,
);
