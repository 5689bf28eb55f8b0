import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupPlan, BackupPlanRule } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupRestoreTestingPlan } from '@cdktf/provider-aws/lib/backup-restore-testing-plan';
import { BackupRestoreTestingSelection } from '@cdktf/provider-aws/lib/backup-restore-testing-selection';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { ComplianceAspect, ComplianceAspectProps } from '@holdfast/cdktf';
import {
  ComplianceAspect as Aspect,
  ComplianceDemand,
  ComplianceRequirement,
  ComplianceStandard,
} from '@holdfast/model';
import Ajv from 'ajv';
import { App, Aspects, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ROOT } from '../../support/sources';
import { temporaryFolder } from '../../support/synth';

export const ACCOUNT = '111122223333';

export interface Row {
  readonly aspect: string;
  readonly declared: string;
  readonly held: boolean;
  readonly findings: { path: string; message: string; waived?: string }[];
}

export interface Entry {
  readonly declaredAt: string;
  readonly standards: { readonly id: string; readonly requirements: Row[] }[];
}

const SCHEMA = path.join(ROOT, 'docs', 'schemas', 'holdfast.compliance-1.json');
const isReport = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

/** The report of a stack, which fits its schema. */
export function entriesOf(stack: TerraformStack): Entry[] {
  const file = path.join(App.of(stack).outdir, 'stacks', stack.node.id, 'holdfast-compliance.json');
  const report = JSON.parse(fs.readFileSync(file, 'utf8')) as { entries: Entry[] };
  isReport(report);
  expect(isReport.errors).toBeNull();
  return report.entries;
}

/** What the report says of the construct at a path. */
export function rowsOf(stack: TerraformStack, declaredAt = stack.node.path): Row[] {
  return entriesOf(stack).find((entry) => entry.declaredAt === declaredAt)!.standards[0]!.requirements;
}

export function appOf(context: Record<string, unknown> = {}): App {
  return new App({ outdir: temporaryFolder('compliance'), stackTraces: false, context });
}

export function stackIn(app: App, id = 'S', region = 'us-east-1'): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, 'Aws', { region, allowedAccountIds: [ACCOUNT] });
  return stack;
}

/** A stack that is held against standards. */
export function stackOf(props: ComplianceAspectProps, context: Record<string, unknown> = {}): TerraformStack {
  const stack = stackIn(appOf(context));
  Aspects.of(stack).add(new ComplianceAspect(props));
  return stack;
}

export function synth(stack: TerraformStack): void {
  App.of(stack).synth();
}

/** What the constructs of a synthesized stack were warned of. */
export function warnings(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => String(data)));
}

/** A standard that asks for one thing. */
export function asking(
  requirement: Pick<ComplianceRequirement, 'aspect' | 'value' | 'names' | 'recommended'>,
): ComplianceStandard {
  const clause = { clause: '§ 1', demand: ComplianceDemand.REQUIRED, lookedUp: true, because: 'we say so' };
  return ComplianceStandard.custom({ id: 'mine', title: 'Mine', requirements: [{ ...clause, ...requirement }] });
}

export const LONGER = asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 36 });
export const LOCKED = asking({ aspect: Aspect.GOVERNANCE_LOCK });

/** A plan of the AWS provider alone. */
export function plainPlan(scope: Construct, rule: Partial<BackupPlanRule> = {}): BackupPlan {
  const daily = { ruleName: 'daily', targetVaultName: 'main', lifecycle: { deleteAfter: 35 } };
  return new BackupPlan(scope, 'Plan', { name: 'plain', rule: [{ ...daily, ...rule }] });
}

/** Restore tests of the AWS provider alone. */
export function plainTests(stack: TerraformStack, scheduleExpression: string, selected: boolean): void {
  const plan = new BackupRestoreTestingPlan(stack, 'Tests', {
    name: 'drills',
    scheduleExpression,
    recoveryPointSelection: [
      { algorithm: 'LATEST_WITHIN_WINDOW', includeVaults: ['*'], recoveryPointTypes: ['SNAPSHOT'] },
    ],
  });
  if (selected) {
    new BackupRestoreTestingSelection(stack, 'Tables', {
      restoreTestingPlanName: plan.name,
      name: 'tables',
      protectedResourceType: 'DynamoDB',
      protectedResourceArns: ['*'],
      iamRoleArn: `arn:aws:iam::${ACCOUNT}:role/restore`,
    });
  }
}
