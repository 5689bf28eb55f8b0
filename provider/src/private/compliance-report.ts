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
import { App, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { today } from './refuse';

/** Name of the report in the folder of the synthesized stack. */
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
 * Writes how declarations stand to standards into the folder of the stack in `cdktf.out`, beside what other constructs of it
 * wrote (schema docs/schemas/holdfast.compliance-1.json).
 */
export function writeCompliance(scope: IConstruct, verdict: ComplianceVerdict): void {
  const { standards, subject, probe } = verdict;
  const judged = Waivers.apply(verdict.findings, verdict.waivers, today(scope));
  const stack = TerraformStack.of(scope);
  const entries = entriesOf(stack);
  const declaredAt = subject.declaredAt ?? scope.node.path;
  const entry: unknown = ComplianceReport.entry(declaredAt, standards, subject, judged, probe);
  entries.set(`${scope.node.path} ${standards.map(({ id }) => id).join(' ')}`, entry);
  const report: unknown = ComplianceReport.document([...entries.values()]);
  const { manifest, outdir } = App.of(scope);
  const folder = path.join(outdir, manifest.forStack(stack).workingDirectory);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, FILE), `${JSON.stringify(report, undefined, 2)}\n`);
}

const ENTRIES = Symbol.for('@holdfast/cdktf.compliance');

function entriesOf(stack: TerraformStack): Map<string, unknown> {
  const known = Reflect.get(stack, ENTRIES) as Map<string, unknown> | undefined;
  const entries = known ?? new Map<string, unknown>();
  Object.defineProperty(stack, ENTRIES, { value: entries, configurable: true });
  return entries;
}
