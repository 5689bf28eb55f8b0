/**
 * AWS::Backup::Framework and AWS::Backup::ReportPlan.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import { readFramework, readReportPlan } from '../ingest/cloudformation/audits';
import { deployFramework, deployReportPlan } from '../ingest/deploy-audits';
import { deleteFramework } from '../operations/backup/delete-framework';
import { deleteReportPlan } from '../operations/backup/delete-report-plan';
import { given } from '../operations/backup/shapes';
import { updateFramework } from '../operations/backup/update-framework';
import { updateReportPlan } from '../operations/backup/update-report-plan';
import { findFramework, fromControls } from '../operations/framework';
import { findReportPlan, fromReportPlan } from '../operations/report-plan';
import { changeTags } from './backup-tags';
import { Made, ResourceHandler, Wanted } from './handler';

export const AUDITS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Backup::Framework': {
    replacedBy: ['FrameworkName'],
    create: (wanted) => {
      const framework = readFramework(wanted.declaration);
      deployFramework(wanted.state, framework);
      return madeFramework(wanted, framework.frameworkName);
    },
    update: (wanted, standing) => {
      const { state, env, stack, made } = standing;
      const before = readFramework(new Wanted(state, stack, made).declaration);
      const after = readFramework(wanted.declaration);
      updateFramework(state, env, {
        FrameworkName: before.frameworkName,
        FrameworkDescription: after.frameworkDescription ?? '',
        FrameworkControls: fromControls(after.controls),
      });
      state.frameworks.await(findFramework(state, env, before.frameworkName));
      changeTags(standing, made.physicalId, before.tags, after.tags);
      return madeFramework(wanted, before.frameworkName);
    },
    delete: ({ state, env, made }) => {
      const FrameworkName = String(made.attributes['FrameworkName']);
      const framework = findFramework(state, env, FrameworkName);
      deleteFramework(state, env, { FrameworkName });
      state.frameworks.await(framework);
    },
  },
  'AWS::Backup::ReportPlan': {
    replacedBy: ['ReportPlanName'],
    create: (wanted) => {
      const plan = readReportPlan(wanted.declaration);
      deployReportPlan(wanted.state, plan);
      return madeReportPlan(wanted, plan.reportPlanName);
    },
    update: (wanted, { state, env, stack, made }) => {
      const name = readReportPlan(new Wanted(state, stack, made).declaration).reportPlanName;
      updateReportPlan(
        state,
        env,
        given({ ReportPlanName: name, ...fromReportPlan(readReportPlan(wanted.declaration)) }),
      );
      state.reportPlans.await(findReportPlan(state, env, name));
      return madeReportPlan(wanted, name);
    },
    delete: ({ state, env, made }) => {
      const ReportPlanName = String(made.attributes['ReportPlanName']);
      const plan = findReportPlan(state, env, ReportPlanName);
      deleteReportPlan(state, env, { ReportPlanName });
      state.reportPlans.await(plan);
    },
  },
};

function madeFramework({ state, env }: Wanted, name: string): Made {
  const { arn, createdAt, status } = findFramework(state, env, name);
  const attributes = {
    FrameworkArn: arn,
    FrameworkName: name,
    FrameworkStatus: 'ACTIVE',
    DeploymentStatus: status,
    CreationTime: `${createdAt / 1000}`,
  };
  return { physicalId: arn, attributes };
}

function madeReportPlan({ state, env }: Wanted, name: string): Made {
  const { arn } = findReportPlan(state, env, name);
  return { physicalId: arn, attributes: { ReportPlanArn: arn, ReportPlanName: name } };
}
