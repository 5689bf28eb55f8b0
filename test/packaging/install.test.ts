import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CheckAnswer } from '../../engine/src/cli/check';
import type { Simulation } from '../../engine/src/report/simulation';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { describePackaging, expectBuilt, PACKAGES, PATIENCE_MS, run } from './gate';

/** What users bring themselves, in the versions that the workspace is developed against. */
const PEERS = ['aws-cdk-lib', 'cdk-nag', 'constructs', 'cdktf', '@cdktf/provider-aws', 'cdktn', '@cdktn/provider-aws'];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly devDependencies?: Record<string, string>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

describePackaging('the packages, packed and installed outside the workspace', () => {
  let project = '';
  const packed = new Map<string, Packed>();
  const holdfast = (args: string[], expected = 0) =>
    run(project, 'npx', ['--no-install', 'holdfast', ...args], expected);

  beforeAll(() => {
    expectBuilt();
    project = temporaryFolder('project');
    const tarballs = temporaryFolder('tarballs');
    for (const folder of PACKAGES) {
      const { stdout } = run(path.join(ROOT, folder), 'npm', ['pack', '--json', '--pack-destination', tarballs]);
      packed.set(folder, (JSON.parse(stdout) as [Packed])[0]);
    }
    fs.writeFileSync(
      path.join(project, 'package.json'),
      JSON.stringify({ name: 'shop', version: '1.0.0', private: true }),
    );
    const versions = manifestOf(ROOT).devDependencies ?? {};
    const files = [...packed.values()].map(({ filename }) => path.join(tarballs, path.basename(filename)));
    const peers = PEERS.map((name) => `${name}@${versions[name]}`);
    run(project, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--save-exact', ...files, ...peers]);
    for (const app of ['cdk.js', 'cdktf.js']) {
      fs.copyFileSync(path.join(__dirname, 'apps', app), path.join(project, app));
    }
  }, PATIENCE_MS);

  test('carry what was built, and neither sources nor tests', () => {
    for (const [folder, { files }] of packed) {
      const paths = files.map((file) => file.path);
      expect(paths).toEqual(
        expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'build/index.js', 'build/index.d.ts']),
      );
      expect(paths.filter((file) => /^(src|test|node_modules)\/|\.tsbuildinfo$|(?<!\.d)\.ts$/.test(file))).toEqual([]);
      expect(paths.includes('.jsii')).toBe(folder !== 'engine');
    }
    expect(packed.get('engine')?.files.map((file) => file.path)).toEqual(
      expect.arrayContaining(['bin/holdfast.js', 'build/console/main.js', 'build/console/style.css']),
    );
  });

  test('install in one version, without a link into the workspace, and bring no copy of a peer', () => {
    for (const folder of PACKAGES) {
      const { name, version } = manifestOf(path.join(ROOT, folder));
      const installed = path.join(project, 'node_modules', name);
      expect(fs.lstatSync(installed).isSymbolicLink()).toBe(false);
      expect(manifestOf(installed).version).toBe(version);
      expect(version).toBe(manifestOf(path.join(ROOT, 'model')).version);
      expect(fs.existsSync(path.join(installed, 'node_modules'))).toBe(false);
    }
    run(project, 'npm', ['ls', '--all'], 0);
  });

  test('npx holdfast says its version and refuses a command line that is not whole', () => {
    expect(holdfast(['--version']).stdout).toBe(`${manifestOf(path.join(ROOT, 'engine')).version}\n`);
    expect(holdfast(['adopt'], 2).stderr).toContain("error: missing required argument 'artifact'\n");
  });

  test.each([
    ['a CDK app', 'cdk.js', 'cdk.out'],
    ['a cdktf app', 'cdktf.js', 'cdktf.out'],
  ])('%s synthesizes, is checked and simulated', (_, app, artifact) => {
    run(project, process.execPath, [app]);
    const checked = JSON.parse(holdfast(['check', artifact, '--format', 'json']).stdout) as CheckAnswer;
    expect(checked.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
    expect(checked.coverage).toEqual([
      { resource: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders', type: 'DynamoDB', plans: ['shop'] },
    ]);
    const ran = JSON.parse(holdfast(simulation(artifact)).stdout) as Simulation;
    expect(ran.backupJobs).toEqual({ COMPLETED: 100 });
    expect(ran.recoveryPoints.created).toBe(100);
  });

  test('the two apps declare one estate: the same digest', () => {
    const [cdk, cdktf] = ['cdk.out', 'cdktf.out'].map(
      (artifact) => (JSON.parse(holdfast(simulation(artifact)).stdout) as Simulation).digest,
    );
    expect(cdk).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(cdktf).toBe(cdk);
  });

  function simulation(artifact: string): string[] {
    return ['simulate', artifact, '--days', '100', '--format', 'json'];
  }

  describe('on a pipe', () => {
    const tables = Array.from({ length: 5000 }, (_, index) => [
      `Table${index}`,
      { Type: 'AWS::DynamoDB::Table', Properties: { TableName: `table-${index}` } },
    ]);

    beforeAll(() => {
      fs.writeFileSync(
        path.join(project, 'many.json'),
        JSON.stringify({ Resources: Object.fromEntries(tables) as object }),
      );
    });

    test('a large answer arrives whole, also when its reader is slow', () => {
      const slow =
        'sleep 2; node -e \'process.stdin.setEncoding("utf8").on("data", (t) => (all += t)).on("end", () => console.log(JSON.parse(all).coverage.length)); let all = ""\'';
      const { stdout, stderr } = run(project, 'bash', [
        '-c',
        `node_modules/.bin/holdfast check many.json --format json | (${slow})`,
      ]);
      expect([stdout, stderr]).toEqual(['5000\n', '']);
    });

    test('a reader that has seen enough ends the command without a word', () => {
      const { stdout, stderr } = run(project, 'bash', [
        '-c',
        'node_modules/.bin/holdfast check many.json --format json | head -2',
      ]);
      expect([stdout, stderr]).toEqual(['{\n  "schema": "holdfast.check/1",\n', '']);
    });

    test('fails when the answer cannot be written', () => {
      const { stderr } = run(project, 'bash', ['-c', 'node_modules/.bin/holdfast check many.json > /dev/full'], 2);
      expect(stderr).toMatch(/^error: the answer cannot be written: [^\n]+\n$/);
    });

    test('an artifact may come through a pipe', () => {
      const { stdout } = run(project, 'bash', [
        '-c',
        'cat many.json | node_modules/.bin/holdfast check /dev/stdin --format json',
      ]);
      expect((JSON.parse(stdout) as CheckAnswer).coverage).toHaveLength(5000);
    });
  });
});
