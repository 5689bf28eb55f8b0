import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  ComplianceRules,
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

/** What one construct, or one part of an app, has to say. */
interface Entry {
  readonly declaredAt: string;
  readonly standards: object[];
}

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
  entries.set(`${scope.node.path} ${names}`, {
    declaredAt: scope.node.path,
    standards: verdict.standards.map((standard) => rowsOf(standard, judged, verdict)),
  });
  const report = { schema: 'holdfast.compliance/1', entries: [...entries.values()] };
  fs.mkdirSync(stage.outdir, { recursive: true });
  fs.writeFileSync(path.join(stage.outdir, FILE), `${JSON.stringify(report, undefined, 2)}\n`);
}

const ENTRIES = Symbol.for('@holdfast/cdk.compliance');

function entriesOf(stage: Stage): Map<string, Entry> {
  const known = Reflect.get(stage, ENTRIES) as Map<string, Entry> | undefined;
  const entries = known ?? new Map<string, Entry>();
  Object.defineProperty(stage, ENTRIES, { value: entries, configurable: true });
  return entries;
}

function rowsOf(
  { id, title, requirements }: ComplianceStandard,
  judged: Finding[],
  { subject, probe }: ComplianceVerdict,
): object {
  return {
    id,
    title,
    requirements: requirements.map(({ aspect, clause, demand, lookedUp, because, value, names, recommended }) => {
      const about = judged.filter(
        ({ message, source }) =>
          message.includes(` under ${id} (${clause},`) && source.startsWith(`${clause}: ${because}`),
      );
      return {
        aspect,
        clause,
        demand,
        lookedUp,
        because,
        value: value ?? names,
        declared: ComplianceRules.declared(aspect, subject, probe),
        recommended: recommended ?? false,
        findings: about.map(({ path: place, message, waived }) => ({ path: place, message, waived })),
        held: about.length === 0,
      };
    }),
  };
}
