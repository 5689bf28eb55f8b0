import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  ComplianceReport,
  ComplianceStandard,
  ComplianceSubject,
  Finding,
  IValueProbe,
  Waiver,
  Waivers,
} from '@holdfast/model';
import { Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { today } from './refuse';

/** Name of the report in the cloud assembly. */
const FILE = 'holdfast-compliance.json';

/** What was held against which standards, and what came of it. */
export interface ComplianceVerdict {
  readonly standards: ComplianceStandard[];
  readonly subject: ComplianceSubject;
  readonly probe: IValueProbe;
  readonly findings: Finding[];
  readonly waivers: Waiver[];
}

/**
 * Writes how declarations stand to standards into the cloud assembly, beside what other constructs of it wrote
 * (schema docs/schemas/holdfast.compliance-1.json).
 */
export function writeCompliance(scope: IConstruct, verdict: ComplianceVerdict): void {
  const judged = Waivers.apply(verdict.findings, verdict.waivers, today(scope));
  const stage = Stage.isStage(scope) ? scope : (Stage.of(scope) ?? scope.node.root);
  if (!Stage.isStage(stage)) {
    return;
  }
  const entries = entriesOf(stage);
  const names = verdict.standards.map(({ id }) => id).join(' ');
  const { standards, subject, probe } = verdict;
  const entry: unknown = ComplianceReport.entry(scope.node.path, standards, subject, judged, probe);
  entries.set(`${scope.node.path} ${names}`, entry);
  const report: unknown = ComplianceReport.document([...entries.values()]);
  fs.mkdirSync(stage.outdir, { recursive: true });
  fs.writeFileSync(path.join(stage.outdir, FILE), `${JSON.stringify(report, undefined, 2)}\n`);
}

const ENTRIES = Symbol.for('@holdfast/cdk.compliance');

function entriesOf(stage: Stage): Map<string, unknown> {
  const known = Reflect.get(stage, ENTRIES) as Map<string, unknown> | undefined;
  const entries = known ?? new Map<string, unknown>();
  Object.defineProperty(stage, ENTRIES, { value: entries, configurable: true });
  return entries;
}
