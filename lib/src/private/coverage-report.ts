import * as fs from 'node:fs';
import * as path from 'node:path';
import { Coverage, Finding, ResourceCoverage } from '@holdfast/model';
import { Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { AppEstate } from './app-estate';

/** One row of the report. */
interface Row extends Omit<ResourceCoverage, 'resourceArn' | 'resourceType'> {
  readonly resource: string;
  readonly type: string;
  readonly waived?: string;
}

/** Writes the coverage of an app into its cloud assembly (schema docs/schemas/holdfast.coverage-1.json). */
export function writeCoverage(root: IConstruct, file: string, { estate }: AppEstate, findings: Finding[]): void {
  const waived = new Map(
    findings.flatMap((finding) => (finding.waived === undefined ? [] : [[finding.path, finding.waived]])),
  );
  const coverage = Coverage.rows(estate).map(({ resourceArn, resourceType, declaredAt, plans, reason }): Row => {
    const excuse = reason === undefined ? undefined : waived.get(declaredAt ?? resourceArn);
    return { resource: resourceArn, type: resourceType, declaredAt, plans, reason, waived: excuse };
  });
  const bare = coverage.filter(({ plans }) => plans.length === 0);
  const report = {
    schema: 'holdfast.coverage/1',
    resources: coverage.length,
    protected: coverage.length - bare.length,
    waived: bare.filter((row) => row.waived !== undefined).length,
    unprotected: bare.filter((row) => row.waived === undefined).length,
    coverage,
  };
  const stage = Stage.isStage(root) ? root : Stage.of(root)!;
  fs.writeFileSync(path.join(stage.outdir, file), `${JSON.stringify(report, undefined, 2)}\n`);
}
