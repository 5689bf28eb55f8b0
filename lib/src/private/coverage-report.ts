import * as fs from 'node:fs';
import * as path from 'node:path';
import { CoverageReport, Finding } from '@holdfast/model';
import { Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { AppEstate } from './app-estate';

/** Writes the coverage of an app into its cloud assembly (schema docs/schemas/holdfast.coverage-1.json). */
export function writeCoverage(root: IConstruct, file: string, { estate }: AppEstate, findings: Finding[]): void {
  const report: unknown = CoverageReport.document(estate, findings);
  const stage = Stage.isStage(root) ? root : Stage.of(root)!;
  fs.writeFileSync(path.join(stage.outdir, file), `${JSON.stringify(report, undefined, 2)}\n`);
}
