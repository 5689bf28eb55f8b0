import * as fs from 'node:fs';
import * as path from 'node:path';
import { CoverageReport, Estate, Finding } from '@holdfast/model';
import { App, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/** Writes the coverage of a stack into its folder in `cdktf.out` (schema docs/schemas/holdfast.coverage-1.json). */
export function writeCoverage(root: IConstruct, file: string, estate: Estate, findings: Finding[]): void {
  const { manifest, outdir } = App.of(root);
  const folder = path.join(outdir, manifest.forStack(TerraformStack.of(root)).workingDirectory);
  fs.mkdirSync(folder, { recursive: true });
  const report: unknown = CoverageReport.document(estate, findings);
  fs.writeFileSync(path.join(folder, file), `${JSON.stringify(report, undefined, 2)}\n`);
}
