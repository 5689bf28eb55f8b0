// Plays the drill, and prints what happens: `npm run example:drill`, at the top of the repo, which builds the packages first.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { drill } from './drill';
import { buildEstate } from './estate';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-drill-'));
const app = new App({ outdir: path.join(folder, 'cdk.out'), builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
drill(path.join(folder, 'cdk.out'), (line) => process.stdout.write(`${line}\n`))
  .catch((fault: unknown) => {
    console.error(fault);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(folder, { recursive: true, force: true }));
