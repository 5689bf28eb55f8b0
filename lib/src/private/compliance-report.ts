import * as fs from 'node:fs';
import * as path from 'node:path';
import { ComplianceStandard, Finding, Waiver, Waivers } from '@holdfast/model';
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

/**
 * Writes how declarations stand to standards into the cloud assembly, beside what other constructs of it wrote
 * (schema docs/schemas/holdfast.compliance-1.json).
 */
export function writeCompliance(
  scope: IConstruct,
  standards: ComplianceStandard[],
  findings: Finding[],
  waivers: Waiver[],
): void {
  const judged = Waivers.apply(findings, waivers, today(scope));
  const stage = Stage.isStage(scope) ? scope : (Stage.of(scope) ?? scope.node.root);
  if (!Stage.isStage(stage)) {
    return;
  }
  const entries = entriesOf(stage);
  entries.set(scope.node.path, {
    declaredAt: scope.node.path,
    standards: standards.map((standard) => rowsOf(standard, judged)),
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

function rowsOf({ id, title, requirements }: ComplianceStandard, judged: Finding[]): object {
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
        recommended: recommended ?? false,
        findings: about.map(({ path: place, message, waived }) => ({ path: place, message, waived })),
        held: about.length === 0,
      };
    }),
  };
}
