import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App as CdkApp } from 'aws-cdk-lib/core';
import { App as CdktfApp } from 'cdktf';

const made: string[] = [];

/** An empty folder that goes away with the test file. */
export function temporaryFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `holdfast-${name}-`));
  made.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of made.splice(0)) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** Synthesizes an AWS CDK app; gives the folder of its cloud assembly. */
export function synthCdk(build: (app: CdkApp) => void): string {
  const outdir = path.join(temporaryFolder('cdk'), 'cdk.out');
  const app = new CdkApp({ outdir, analyticsReporting: false });
  build(app);
  app.synth();
  return outdir;
}

/** Synthesizes a Terraform CDK app; gives the folder of its output. */
export function synthCdktf(build: (app: CdktfApp) => void): string {
  const outdir = path.join(temporaryFolder('cdktf'), 'cdktf.out');
  fs.mkdirSync(outdir);
  const app = new CdktfApp({ outdir });
  build(app);
  app.synth();
  return outdir;
}
