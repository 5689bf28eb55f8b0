/**
 * Frameworks and report plans to the operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 */
import type { BackupFramework, BackupReportPlan, Estate } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { createFramework } from '../operations/backup/create-framework';
import { createReportPlan } from '../operations/backup/create-report-plan';
import { given } from '../operations/backup/shapes';
import { findFramework, fromControls } from '../operations/framework';
import { findReportPlan, fromReportPlan } from '../operations/report-plan';
import { call, inOrder } from './deploy-call';

export function deployAudits(state: WorldState, estate: Estate): void {
  for (const framework of inOrder(estate.frameworks, (one) => one.frameworkName)) {
    deployFramework(state, framework);
  }
  for (const plan of inOrder(estate.reportPlans, (one) => one.reportPlanName)) {
    deployReportPlan(state, plan);
  }
}

export function deployFramework(state: WorldState, framework: BackupFramework): void {
  const { env, frameworkName: name, declaredAt = name } = framework;
  const input = given({
    FrameworkName: name,
    FrameworkDescription: framework.frameworkDescription,
    FrameworkControls: fromControls(framework.controls),
    FrameworkTags: framework.tags,
  });
  call(declaredAt, 'CreateFramework', () => createFramework(state, env, input));
  state.frameworks.await(findFramework(state, env, name));
}

export function deployReportPlan(state: WorldState, plan: BackupReportPlan): void {
  const { env, reportPlanName: name, declaredAt = name } = plan;
  const input = given({ ReportPlanName: name, ...fromReportPlan(plan), ReportPlanTags: plan.tags });
  call(declaredAt, 'CreateReportPlan', () => createReportPlan(state, env, input));
  state.reportPlans.await(findReportPlan(state, env, name));
}
